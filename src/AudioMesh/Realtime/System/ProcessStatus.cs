// SPDX-License-Identifier: MIT
using System.Globalization;

namespace AudioMesh.Realtime;

/// <summary>Rights of the calling thread as <c>/proc/thread-self/status</c> tells them (capabilities(7)).</summary>
internal static class ProcessStatus
{
    public const int IpcLock = 14;
    public const int SysNice = 23;

    private const string Field = "CapEff:";

    /// <summary>Null where the system does not say.</summary>
    public static bool? HasCapability(int capability)
    {
        string? status = KernelFile.TryRead("/proc/thread-self/status");
        int start = status?.IndexOf(Field, StringComparison.Ordinal) ?? -1;
        if (start < 0)
        {
            return null;
        }

        ReadOnlySpan<char> rest = status.AsSpan(start + Field.Length);
        int end = rest.IndexOf('\n');
        ReadOnlySpan<char> digits = (end < 0 ? rest : rest[..end]).Trim();
        return ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong set)
            ? (set >> capability & 1) != 0
            : null;
    }
}
