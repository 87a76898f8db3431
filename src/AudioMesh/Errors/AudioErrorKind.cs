// SPDX-License-Identifier: MIT
namespace AudioMesh;

/// <summary>What went wrong, told by what the caller can do about it.</summary>
public enum AudioErrorKind
{
    /// <summary>A fault inside AudioMesh: report it.</summary>
    Internal = 1,

    /// <summary>A value is out of range or makes no sense: correct it.</summary>
    InvalidArgument = 2,

    /// <summary>The call does not fit the present state: change the order of calls.</summary>
    InvalidState = 3,

    /// <summary>No such node, device, driver, port or file: choose another.</summary>
    NotFound = 4,

    /// <summary>A limit of the engine is reached: ask for less.</summary>
    LimitExceeded = 5,

    /// <summary>The device or server is not there now: retry later or choose another.</summary>
    DeviceUnavailable = 6,

    /// <summary>Somebody else holds the device or the name: retry later.</summary>
    DeviceBusy = 7,

    /// <summary>The device or server went away while in use: reopen.</summary>
    DeviceLost = 8,

    /// <summary>The device or file cannot do this rate, format or channel count: ask for another.</summary>
    FormatUnsupported = 9,

    /// <summary>The system or the engine's owner refused: grant the permission.</summary>
    PermissionDenied = 10,

    /// <summary>A system library is not installed: install it.</summary>
    LibraryMissing = 11,

    /// <summary>No answer in time: retry, or look at what hangs.</summary>
    Timeout = 12,

    /// <summary>The file's content is not what its format promises: use another file.</summary>
    FileInvalid = 13,

    /// <summary>The file cannot be opened, read or written: mend path or rights.</summary>
    FileUnreadable = 14,

    /// <summary>No room left: free some.</summary>
    DiskFull = 15,

    /// <summary>A message is not of the protocol: correct it.</summary>
    Protocol = 16,

    /// <summary>A client has all that its share allows: give something back first.</summary>
    QuotaExceeded = 17,

    /// <summary>More was asked than is answered in that time: ask again a little later.</summary>
    Busy = 18,
}
