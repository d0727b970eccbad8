"""What stands in the way of making the first administrator."""

from scribe_api.errors import ApiError


class SetupDone(ApiError):
    """There is an administrator, who makes all further accounts."""

    status = 409
    code = "SETUP_DONE"
    message = "This instance has an administrator already. Sign in, or ask that person for an account."


class SetupCodeWrong(ApiError):
    """Only whoever runs the instance knows the code."""

    status = 403
    code = "SETUP_CODE_WRONG"
    message = "This is not the code of this instance. `./manage.sh up` prints a link that has it."
