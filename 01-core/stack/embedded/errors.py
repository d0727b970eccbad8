"""What can keep the embedded stack from running, each with the way out."""

from scribe.errors import ScribeError


class StackError(ScribeError):
    """The embedded stack cannot do what it was asked."""

    status = 503
    code = "STACK_ERROR"


class PortTaken(StackError):
    """Another process listens where a service has to."""

    code = "STACK_PORT_TAKEN"
    message = (
        "{service} cannot listen on 127.0.0.1:{port}: {owner} is using it. Stop that process, or {advice}."
    )


class DiskFull(StackError):
    """There is too little room for the servers to start safely."""

    code = "STACK_DISK_FULL"
    message = (
        "Only {free_mib} MiB are free on the disk of {path}, and the servers need {needed_mib} MiB. "
        "Free some space there, or set SCRIBE_STACK__VOLUMES to a folder on another disk."
    )


class FolderUnusable(StackError):
    """The data folder cannot be written or named."""

    code = "STACK_FOLDER_UNUSABLE"
    message = (
        "{path} cannot hold the servers' data: {reason}. "
        "Correct that, or set SCRIBE_STACK__VOLUMES to a folder of your own."
    )


class ExtendedAttributesMissing(StackError):
    """The file system cannot keep what the S3 server attaches to each object."""

    code = "STACK_XATTR_MISSING"
    message = (
        "The file system of {path} has no extended attributes, which the S3 server needs ({reason}). "
        "Set SCRIBE_STACK__VOLUMES to a folder on ext4, xfs or btrfs."
    )


class ServerMissing(StackError):
    """A server's program is not installed."""

    code = "STACK_SERVER_MISSING"
    message = (
        "The program of {service} is missing ({path}). "
        "Remove the folder .venv and run `./manage.sh setup`, which installs it again."
    )


class RootNotAllowed(StackError):
    """PostgreSQL refuses to run as root, and this machine offers no way round."""

    code = "STACK_ROOT_NOT_ALLOWED"
    message = (
        "PostgreSQL does not run as root, and this machine does not allow user namespaces ({reason}). "
        "Run this command as an ordinary user."
    )


class ServiceNotReady(StackError):
    """A service was started but does not answer."""

    code = "STACK_SERVICE_NOT_READY"
    message = "{service} did not become ready: {reason}. Its log is {log}; the last lines are:\n{tail}"


class StackBusy(StackError):
    """Another command operates the same stack."""

    code = "STACK_BUSY"
    message = (
        "Another command is starting or stopping this stack ({owner}) and has not finished "
        "after {waited_s:.0f} s. Wait for it, or end it, then try again."
    )


class VolumesInUse(StackError):
    """Another stack's server holds the same data."""

    code = "STACK_VOLUMES_IN_USE"
    message = (
        "{path} is in use by {owner}, which this stack did not start. "
        "Stop that process, or set SCRIBE_STACK__VOLUMES to a folder of your own."
    )


class PostgresVersionMismatch(StackError):
    """The data folder was written by another major version."""

    code = "STACK_POSTGRES_VERSION"
    message = (
        "{path} holds a database of PostgreSQL {found}, and this is PostgreSQL {expected}. "
        "Move the folder away, or dump and restore it with the version that wrote it."
    )


class PostgresDataDamaged(StackError):
    """The data folder holds databases but lacks the file that PostgreSQL starts from."""

    code = "STACK_POSTGRES_DAMAGED"
    message = (
        "{path} holds databases but its global/pg_control is missing, so PostgreSQL cannot start. "
        "Restore the folder from a backup; to begin anew without its data, move it away."
    )


class PostgresSetupFailed(StackError):
    """A PostgreSQL tool failed while the data folder was prepared."""

    code = "STACK_POSTGRES_SETUP"
    message = "{program} failed, so PostgreSQL could not be prepared in {path}. It said:\n{output}"


class RingsNotBuilt(StackError):
    """The S3 server's map of its folders could not be written."""

    code = "STACK_RINGS"
    message = "The S3 server's rings could not be written to {path}. The builder said:\n{output}"


class SupervisorFailed(StackError):
    """The process supervisor did not start or did not stop."""

    code = "STACK_SUPERVISOR"
    message = "The process supervisor failed: {reason}. Its log is {log}; the last lines are:\n{tail}"


class StackMisconfigured(StackError):
    """Two settings contradict each other."""

    code = "STACK_MISCONFIGURED"
    message = "{setting} names port {found}, but {port_setting} is {expected}. Make them agree in .env."


class UnknownService(StackError):
    """There is no service of that name in this stack."""

    status = 404
    code = "STACK_UNKNOWN_SERVICE"
    message = "There is no service {service}. This stack has: {known}."


class CredentialUnusable(StackError):
    """A password or key of the settings does not fit into the servers' files."""

    code = "STACK_CREDENTIAL_UNUSABLE"
    message = (
        "{setting} cannot be used by the embedded servers: {expected}. Remove it from .env "
        "(and from the environment) and run `./manage.sh setup`, which generates a new one."
    )


class UserWithoutName(StackError):
    """The system has no name for the user who runs the stack."""

    code = "STACK_USER_WITHOUT_NAME"
    message = (
        "The S3 server needs a user name, and user id {user_id} has none on this system. "
        "Add it to /etc/passwd, or run this command as a user who is there."
    )
