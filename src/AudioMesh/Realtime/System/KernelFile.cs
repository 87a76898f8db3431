// SPDX-License-Identifier: MIT
using System.Globalization;

namespace AudioMesh.Realtime;

/// <summary>The kernel's small text files under /proc and /sys; what is not there or not for us is null.</summary>
internal static class KernelFile
{
    public static string? TryRead(string path)
    {
        try
        {
            return File.ReadAllText(path).TrimEnd();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static long? TryReadNumber(string path) =>
        long.TryParse(TryRead(path), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value : null;
}
