// Uploads one file with tus-js-client as a page would, and prints what became of it as one line of JSON.
import { createReadStream } from 'node:fs'
import { PassThrough } from 'node:stream'
import { Upload } from 'tus-js-client'

const { file, endpoint, headers, metadata, options } = JSON.parse(process.argv[2])
const told = { retries: 0 }
// Of a file the client always knows the length; of any other stream it does not.
const bytes = createReadStream(file)
const source = options.uploadLengthDeferred ? bytes.pipe(new PassThrough()) : bytes

await new Promise((resolve, reject) => {
  const upload = new Upload(source, {
    endpoint,
    headers,
    metadata,
    ...options,
    onSuccess: resolve,
    onError: reject,
    onShouldRetry: (error) => {
      told.retries += 1
      const status = error.originalResponse?.getStatus() ?? 0
      return status === 0 || status >= 500 || status === 409 || status === 423
    },
    onAfterResponse: (_request, response) => {
      told.meeting = response.getHeader('Upload-Meeting') ?? told.meeting
    },
  })
  upload.start()
  told.upload = upload
})
console.log(JSON.stringify({ url: told.upload.url, meeting: told.meeting, retries: told.retries }))
