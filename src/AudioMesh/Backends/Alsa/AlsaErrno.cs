// SPDX-License-Identifier: MIT
namespace AudioMesh.Backends.Alsa;

/// <summary>What alsa-lib answers when something is wrong, negated; the numbers of Linux on x86-64 and arm64.</summary>
internal static class AlsaErrno
{
    public const int EPERM = 1;
    public const int ENOENT = 2;
    public const int EIO = 5;
    public const int EAGAIN = 11;
    public const int ENOMEM = 12;
    public const int EACCES = 13;
    public const int EBUSY = 16;
    public const int ENODEV = 19;

    /// <summary>The device ran dry or over.</summary>
    public const int EPIPE = 32;

    /// <summary>The device is suspended.</summary>
    public const int ESTRPIPE = 86;
}
