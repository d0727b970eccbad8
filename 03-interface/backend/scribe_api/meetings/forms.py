"""The upload form as OpenAPI describes it; FastAPI cannot, for the body is read as a stream."""

from typing import Any

from scribe_api.meetings.schemas import UploadFields

_FILE = {
    "type": "string",
    "format": "binary",
    "description": "Any audio or video; its type is told by its content.",
}


def _described() -> dict[str, Any]:
    fields = UploadFields.model_json_schema(ref_template="#/components/schemas/{model}")
    return {
        "requestBody": {
            "required": True,
            "content": {
                "multipart/form-data": {
                    "schema": {
                        "type": "object",
                        "required": ["file"],
                        "properties": {"file": _FILE, **fields["properties"]},
                    }
                }
            },
        }
    }


UPLOAD_FORM = _described()
