"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";

import { networkProblem } from "@/api/problem";
import { ProblemNotice } from "@/components/state/problem-notice";
import { Button } from "@/components/ui/button";

import { metadataOf, NO_WISHES } from "./chosen/wishes";
import { useUploads } from "./uploads-context";

const SAMPLE = "/sample-meeting.flac";

/** Hands in the sample meeting that comes with the app. */
export function SampleOffer() {
  const t = useTranslations("upload.sample");
  const { queue } = useUploads();
  const offer = useMutation({
    mutationFn: async () => {
      const response = await fetch(SAMPLE);
      if (!response.ok) {
        throw networkProblem();
      }
      const file = new File([await response.blob()], t("fileName"), { type: "audio/flac" });
      const title = t("title");
      void queue.add([
        { file, handle: null, title, metadata: metadataOf(NO_WISHES, { name: file.name, title }) },
      ]);
    },
  });
  return (
    <>
      <Button disabled={offer.isPending || offer.isSuccess} onClick={() => offer.mutate()}>
        {offer.isSuccess ? t("sent") : t("offer")}
      </Button>
      {offer.error && (
        <div className="w-full">
          <ProblemNotice error={offer.error} />
        </div>
      )}
    </>
  );
}
