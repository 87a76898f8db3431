// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Runtime.InteropServices;

namespace AudioMesh.Daemon.Config;

/// <summary>Users and groups of the system, by name or number. getpwnam(3) and getgrnam(3) answer in memory of their own: one thread at a time.</summary>
internal static partial class AccountNames
{
    private static readonly Lock Gate = new();

    /// <summary>The user's number; null where there is no such user.</summary>
    public static unsafe uint? User(string name) => Number(name) ?? Find(name, &getpwnam);

    /// <summary>The group's number; null where there is no such group.</summary>
    public static unsafe uint? Group(string name) => Number(name) ?? Find(name, &getgrnam);

    private static uint? Number(string text) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) ? number : null;

    // Both structures begin with two pointers, the name and the password; then the number comes.
    private static unsafe uint? Find(string name, delegate*<string, nint> lookUp)
    {
        lock (Gate)
        {
            nint found = lookUp(name);
            return found == 0 ? null : *(uint*)(found + (2 * sizeof(nint)));
        }
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint getpwnam(string name);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint getgrnam(string name);
}
