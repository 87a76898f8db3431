// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace AudioMesh.Network.Interop;

/// <summary>What Linux says of its clock (<c>sys/timex.h</c>, 64-bit).</summary>
internal static unsafe partial class LibCTime
{
    public const int TIME_ERROR = 5;
    public const int STA_UNSYNC = 0x0040;
    public const int STA_NANO = 0x2000;

    /// <summary>With no modes set: only reads. Answers the clock's state, or -1.</summary>
    [LibraryImport("libc")]
    public static partial int adjtimex(TimeX* state);
}
