// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace AudioMesh.Cli;

/// <summary>What the process ends with.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int NotRealtime = 3;

    /// <summary>A wrong value is the user's to correct; all else went wrong outside.</summary>
    public static int Of(AudioErrorKind kind) => kind == AudioErrorKind.InvalidArgument ? Usage : Failed;

    /// <summary>As shells count: 128 and the signal's number.</summary>
    public static int Of(PosixSignal signal) => signal == PosixSignal.SIGTERM ? 128 + 15 : 128 + 2;
}
