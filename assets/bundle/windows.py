"""What Windows shows under 'Details' of the built program's properties."""

from __future__ import annotations

_COMPANY = "Emotion GUI contributors"


def version_resource(version: str, description: str) -> str:
    """The version resource in the form that PyInstaller reads.

    Args:
        version: As in 'X.Y.Z'.
        description: One line about the program.
    """
    parts = [int(part) for part in version.split(".")[:4]]
    numbers = (*parts, *[0] * (4 - len(parts)))
    strings = {
        "CompanyName": _COMPANY,
        "FileDescription": description,
        "FileVersion": version,
        "InternalName": "emotion-gui",
        "LegalCopyright": f"(c) {_COMPANY}, MIT licence",
        "OriginalFilename": "emotion-gui.exe",
        "ProductName": "Emotion GUI",
        "ProductVersion": version,
    }
    lines = ", ".join(f"StringStruct({name!r}, {value!r})" for name, value in strings.items())
    # 0x0409 is English of the United States, 1200 is UTF-16.
    return f"""\
VSVersionInfo(
    ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3f, flags=0x0, OS=0x40004, fileType=0x1),
    kids=[
        StringFileInfo([StringTable('040904B0', [{lines}])]),
        VarFileInfo([VarStruct('Translation', [0x0409, 1200])]),
    ],
)
"""
