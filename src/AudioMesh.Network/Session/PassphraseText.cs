// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Session;

/// <summary>Reads passphrases from files that only their owner may read.</summary>
internal static class PassphraseText
{
    private const int MostBytes = 1024;
    private const UnixFileMode OthersMode =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>The first line. Throws FileUnreadable, FileInvalid where it is empty or too long, PermissionDenied.</summary>
    internal static string ReadFile(string path)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read);
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.SafeFileHandle) & OthersMode) != 0)
            {
                throw new AudioMeshException(AudioErrorKind.PermissionDenied, $"Others than its owner may use the passphrase file {path}: chmod 600 it.");
            }

            byte[] bytes = new byte[MostBytes + 1];
            int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            using StringReader text = new(System.Text.Encoding.UTF8.GetString(bytes, 0, length));
            string? line = text.ReadLine();
            return length <= MostBytes && !string.IsNullOrEmpty(line)
                ? line
                : throw new AudioMeshException(AudioErrorKind.FileInvalid, $"The passphrase file {path} has no line of 1 to {MostBytes} bytes.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AudioMeshException(AudioErrorKind.FileUnreadable, $"The passphrase file {path} cannot be read: {e.Message}", e);
        }
    }
}
