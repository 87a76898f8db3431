// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace AudioMesh.Network.Wire;

/// <summary>What the members of a session share: 32 bytes from a passphrase or a file, bound to the session's name.</summary>
public sealed class SessionKey
{
    /// <summary>Bytes of a key and of a key file.</summary>
    public const int Bytes = 32;

    /// <summary>Rounds of PBKDF2: what OWASP recommends for HMAC-SHA-256.</summary>
    public const int PassphraseRounds = 600_000;

    private const int MostNameBytes = 64;
    private const UnixFileMode OthersMode =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private readonly byte[] _key;

    private SessionKey(byte[] key)
    {
        _key = key;
        Span<byte> tag = stackalloc byte[4];
        HKDF.Expand(HashAlgorithmName.SHA256, key, tag, "AudioMesh TOAST 1 session"u8);
        Tag = BinaryPrimitives.ReadUInt32BigEndian(tag);
    }

    /// <summary>What every datagram of the session carries in clear. Says nothing of the key.</summary>
    public uint Tag { get; }

    /// <summary>
    /// Stretches <paramref name="passphrase"/> by PBKDF2-HMAC-SHA-256 (RFC 8018), which takes a good part of a second; the salt has the name in it. Throws
    /// InvalidArgument where the passphrase is empty or the name not 1 to 64 bytes of UTF-8.
    /// </summary>
    public static SessionKey FromPassphrase(string passphrase, string sessionName)
    {
        if (string.IsNullOrEmpty(passphrase))
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, "The passphrase is empty.") { Field = "passphrase" };
        }

        return new SessionKey(Rfc2898DeriveBytes.Pbkdf2(
            Encoding.UTF8.GetBytes(passphrase), Salt(sessionName), PassphraseRounds, HashAlgorithmName.SHA256, Bytes));
    }

    /// <summary>
    /// Reads a key file: exactly 32 random bytes, which nobody but its owner may read. Throws FileUnreadable, FileInvalid where it is longer or shorter, and
    /// PermissionDenied where its mode lets others at it.
    /// </summary>
    public static SessionKey FromFile(string path, string sessionName)
    {
        byte[] secret = new byte[Bytes + 1];
        int length;
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read);
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.SafeFileHandle) & OthersMode) != 0)
            {
                throw new AudioMeshException(AudioErrorKind.PermissionDenied, $"Others than its owner may use the key file {path}: chmod 600 it.");
            }

            length = file.ReadAtLeast(secret, secret.Length, throwOnEndOfStream: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AudioMeshException(AudioErrorKind.FileUnreadable, $"The key file {path} cannot be read: {e.Message}", e);
        }

        return length == Bytes
            ? FromSecret(secret.AsSpan(0, Bytes), sessionName)
            : throw new AudioMeshException(AudioErrorKind.FileInvalid, $"The key file {path} does not have {Bytes} bytes.");
    }

    /// <summary>The key of a session that shares <paramref name="secret"/>, 32 random bytes. Throws InvalidArgument.</summary>
    public static SessionKey FromSecret(ReadOnlySpan<byte> secret, string sessionName)
    {
        if (secret.Length != Bytes)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"A secret has {Bytes} bytes, not {secret.Length}.");
        }

        byte[] key = new byte[Bytes];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, key, Salt(sessionName), "AudioMesh TOAST 1 key file"u8);
        return new SessionKey(key);
    }

    /// <summary>Writes key and initialization vector of one sender.</summary>
    internal void DeriveSender(ulong sender, Span<byte> keyAndVector)
    {
        ReadOnlySpan<byte> label = "AudioMesh TOAST 1 sender"u8;
        Span<byte> info = stackalloc byte[label.Length + sizeof(ulong)];
        label.CopyTo(info);
        BinaryPrimitives.WriteUInt64BigEndian(info[label.Length..], sender);
        HKDF.Expand(HashAlgorithmName.SHA256, _key, keyAndVector, info);
    }

    /// <summary>Writes a key for one purpose and one connection: <paramref name="info"/> holds a label of its own and what both sides made up.</summary>
    internal void DeriveLink(ReadOnlySpan<byte> info, Span<byte> keyAndVector) => HKDF.Expand(HashAlgorithmName.SHA256, _key, keyAndVector, info);

    private static byte[] Salt(string sessionName)
    {
        byte[] salt = [.. "AudioMesh TOAST 1 "u8, .. Encoding.UTF8.GetBytes(sessionName)];
        int nameBytes = salt.Length - "AudioMesh TOAST 1 "u8.Length;
        return nameBytes is >= 1 and <= MostNameBytes
            ? salt
            : throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"The session's name '{sessionName}' has {nameBytes} bytes.")
            {
                Field = "session",
                Allowed = $"1..{MostNameBytes}",
            };
    }
}
