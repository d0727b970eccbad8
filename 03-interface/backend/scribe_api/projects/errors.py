"""What can stand in the way of changing a project or its members."""

from scribe_api.errors import ApiError


class ProjectHasMeetings(ApiError):
    """Deleting the project would take its recordings with it, which nobody asked for."""

    status = 409
    code = "PROJECT_HAS_MEETINGS"
    message = (
        "{meetings} meetings lie in this project. Move or delete them first, "
        "or say `with_meetings=true` to delete them with it."
    )


class PersonalProject(ApiError):
    """A personal project belongs to its account alone, for as long as that exists."""

    status = 409
    code = "PROJECT_PERSONAL"
    message = "This is somebody's personal project: it cannot be shared, left or deleted. Make another one."


class AddressUnknown(ApiError):
    """No account has the e-mail address."""

    status = 404
    code = "USER_NOT_FOUND"
    message = "No account has this e-mail address. Ask an administrator to create one."


class MemberNotFound(ApiError):
    """The person is not in the project."""

    status = 404
    code = "MEMBER_NOT_FOUND"
    message = "This person is not a member of the project."


class AlreadyMember(ApiError):
    """Whoever is in the project has a role that can be changed."""

    status = 409
    code = "ALREADY_MEMBER"
    message = "This person is a member of the project already. Change the role instead."


class LastOwner(ApiError):
    """A project that nobody manages could only be mended by an administrator."""

    status = 409
    code = "LAST_OWNER"
    message = "Nobody else could manage the project. Make another member an owner first."


class ReaderOnly(ApiError):
    """The instance role bounds every project role."""

    status = 409
    code = "ACCOUNT_READS_ONLY"
    message = "This account may only read on this instance, so it can only be made a viewer."
