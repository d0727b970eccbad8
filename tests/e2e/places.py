"""Every page, for what looks at all of them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A page.

    path: may name ``{meeting}``, ``{project}`` and ``{user}``
    shows: a selector of what is there once it has loaded
    anonymous: whether it is for those who have not signed in; all others are shown to an administrator
    """

    name: str
    path: str
    shows: str = "main h1"
    anonymous: bool = False


PLACES = (
    Place("sign-in", "/sign-in", anonymous=True),
    Place("welcome", "/welcome?code=none", anonymous=True),
    Place("offline", "/offline", anonymous=True),
    Place("dashboard", "/"),
    Place("search", "/?q=words"),
    Place("upload", "/upload"),
    Place("meeting", "/meetings/{meeting}"),
    Place("projects", "/projects"),
    Place("project", "/projects/{project}"),
    Place("settings", "/settings"),
    Place("project-glossary", "/projects/{project}/glossary"),
    Place("project-members", "/projects/{project}/members"),
    Place("project-keys", "/projects/{project}/keys"),
    Place("project-usage", "/projects/{project}/usage"),
    Place("project-retention", "/projects/{project}/retention"),
    Place("project-activity", "/projects/{project}/activity"),
    Place("project-delete", "/projects/{project}/delete"),
    Place("system", "/admin"),
    Place("users", "/admin/users"),
    Place("user", "/admin/users/{user}"),
    Place("audit", "/admin/audit"),
    Place("not-found", "/no-such-page"),
)
