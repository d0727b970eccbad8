"use client";

import { DownloadIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useId, useState } from "react";

import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Popover } from "@/components/ui/popover";

import { DEFAULTS, exportAddress, type ExportOptions, FORMATS, isSubtitles } from "./export-address";
import { useDownload } from "./use-download";

/** The transcript as a file: which format, and what is to be in it. */
export function ExportPopover({ meetingId }: { meetingId: string }) {
  const t = useTranslations("meeting.export");
  const [open, setOpen] = useState(false);
  const [options, setOptions] = useState(DEFAULTS);
  const download = useDownload();
  const name = useId();
  const address = exportAddress(meetingId, options);
  const change = (part: Partial<ExportOptions>) => setOptions((before) => ({ ...before, ...part }));
  const { format } = options;

  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      align="end"
      label={t("export")}
      className="w-80 max-w-[calc(100vw-1rem)]"
      trigger={
        <Button>
          <DownloadIcon aria-hidden />
          {t("export")}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <fieldset className="flex flex-col gap-1">
          <legend className="pb-1.5 font-medium">{t("format")}</legend>
          {FORMATS.map((one) => (
            <label key={one} className="flex cursor-pointer items-baseline gap-2.5 rounded-md py-1">
              <input
                type="radio"
                name={name}
                value={one}
                checked={one === format}
                onChange={() => change({ format: one })}
                className="translate-y-0.5 accent-accent"
              />
              <span>{t(`formats.${one}`)}</span>
              <span className="ml-auto font-mono text-xs text-ink-faint">.{one}</span>
            </label>
          ))}
        </fieldset>
        {format !== "json" && (
          <div className="flex flex-col gap-2 border-t border-line pt-3">
            <Choice checked={options.speakers} onChange={(speakers) => change({ speakers })}>
              {t("speakers")}
            </Choice>
            {!isSubtitles(format) && (
              <Choice checked={options.times} onChange={(times) => change({ times })}>
                {t("times")}
              </Choice>
            )}
            {isSubtitles(format) && <SubtitleFields options={options} onChange={change} />}
          </div>
        )}
        <Button asChild look="primary">
          <a
            href={address}
            download
            onClick={(event) => {
              event.preventDefault();
              download.mutate(address, { onSuccess: () => setOpen(false) });
            }}
          >
            {download.isPending ? t("preparing") : t("download")}
          </a>
        </Button>
      </div>
    </Popover>
  );
}

interface ChoiceProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
}

function Choice({ checked, onChange, children }: ChoiceProps) {
  const id = useId();
  return (
    <div className="flex items-center gap-2.5">
      <Checkbox id={id} checked={checked} onCheckedChange={(state) => onChange(state === true)} />
      <label htmlFor={id} className="cursor-pointer">
        {children}
      </label>
    </div>
  );
}

const LIMITS = {
  lineLength: { min: 16, max: 200 },
  maxLines: { min: 1, max: 4 },
  readingSpeed: { min: 5, max: 60 },
} as const;

interface SubtitleFieldsProps {
  options: ExportOptions;
  onChange: (part: Partial<ExportOptions>) => void;
}

function SubtitleFields({ options, onChange }: SubtitleFieldsProps) {
  const t = useTranslations("meeting.export");
  return (["lineLength", "maxLines", "readingSpeed"] as const).map((name) => (
    <Field key={name} label={t(name)}>
      {(ids) => (
        <Input
          {...ids}
          type="number"
          {...LIMITS[name]}
          defaultValue={options[name]}
          onChange={(event) => {
            const { valueAsNumber, validity } = event.currentTarget;
            if (validity.valid && Number.isFinite(valueAsNumber)) {
              onChange({ [name]: valueAsNumber });
            }
          }}
        />
      )}
    </Field>
  ));
}
