// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace AudioMesh.Interop;

/// <summary>
/// The C library: one declaration per function, one file per topic, names as in its headers. Functions that set errno keep it
/// for <see cref="LastError"/>. Arguments behind an ellipsis (mode of open and shm_open, prctl) are passed as fixed ones, which
/// macOS on arm64 does not understand: there set a mode with <see cref="fchmod"/>.
/// </summary>
internal static unsafe partial class LibC
{
    /// <summary>The runtime itself maps this to libc.so.6, musl or libSystem.</summary>
    private const string Library = "libc";

    public const int EPERM = 1;
    public const int ENOENT = 2;
    public const int EINTR = 4;
    public const int ENXIO = 6;
    public const int ENOMEM = 12;
    public const int EACCES = 13;
    public const int EBUSY = 16;
    public const int EEXIST = 17;
    public const int ENOTDIR = 20;
    public const int EINVAL = 22;
    public const int ENOSPC = 28;
    public const int EROFS = 30;

    public static int EAGAIN => OperatingSystem.IsMacOS() ? 35 : 11;

    public static int EDQUOT => OperatingSystem.IsMacOS() ? 69 : 122;

    public static int ENOSYS => OperatingSystem.IsMacOS() ? 78 : 38;

    /// <summary>errno of the last call on this thread that keeps it.</summary>
    public static int LastError => Marshal.GetLastPInvokeError();

    /// <summary>The system's words for an errno: <c>EPERM (1): Operation not permitted</c> without the name.</summary>
    public static string ErrorText(int errno) => Marshal.GetPInvokeErrorMessage(errno);
}
