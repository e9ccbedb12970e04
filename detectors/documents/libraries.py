"""What the extra `files` installs, and what of it is missing."""

from importlib.util import find_spec

_LIBRARIES = {
    "cv2": "opencv-python-headless",
    "olefile": "olefile",
    "onnxruntime": "onnxruntime",
    "PIL": "pillow",
    "pillow_heif": "pillow-heif",
    "pypdfium2": "pypdfium2",
    "python_calamine": "python-calamine",
    "rapidocr": "rapidocr",
}


def missing() -> tuple[str, ...]:
    """Return the packages that are not installed; without them files of their formats stay unread (`no_library`)."""
    return tuple(package for module, package in _LIBRARIES.items() if find_spec(module) is None)
