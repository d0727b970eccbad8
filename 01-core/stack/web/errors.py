"""What can keep the web app from being served, each with the way out; everything else runs without it."""

from scribe.errors import ScribeError


class WebProblem(ScribeError):
    """The web app cannot be served."""

    status = 503
    code = "WEB_PROBLEM"


class NodeMissing(WebProblem):
    """There is no Node.js, and none could be installed."""

    code = "WEB_NODE_MISSING"
    message = (
        "The web app needs Node.js {oldest} or newer with npm, which this machine does not have, and "
        "installing it into .venv did not work. {reason} Run `./manage.sh up` again afterwards, or set "
        "SCRIBE_WEB__ENABLED=false to do without the web app."
    )


class PackagesNotInstalled(WebProblem):
    """npm failed: mostly because its registry cannot be reached."""

    code = "WEB_PACKAGES_NOT_INSTALLED"
    message = (
        "npm could not install the web app's packages. Is its registry reachable? `npm config get registry` "
        "shows which one is asked; a mirror is set with `npm config set registry ADDRESS`. Then run "
        "`./manage.sh up` again. The log is {log}; the last lines are:\n{tail}"
    )


class BuildFailed(WebProblem):
    """The web app's sources could not be made into pages."""

    code = "WEB_BUILD_FAILED"
    message = (
        "The web app could not be built. If its sources are as they came, please report this. "
        "The log is {log}; the last lines are:\n{tail}"
    )


class BuildNotWritten(BuildFailed):
    """The disk did not take what a build makes, or did not give what it is made from."""

    code = "WEB_BUILD_NOT_WRITTEN"
    message = (
        "The web app could not be built: {path}: {reason}. See to the room on the disk and to who may write "
        "there; then run `./manage.sh up` again."
    )


class NotBuilt(WebProblem):
    """There is nothing to serve yet."""

    code = "WEB_NOT_BUILT"
    message = "The web app has not been built yet. `./manage.sh up` builds it."
