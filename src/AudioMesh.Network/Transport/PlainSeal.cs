// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AudioMesh.Network.Transport;

/// <summary>
/// Lines of one connection that are signed with the key of the plain protocol: HMAC-SHA256 of the challenge, the line's number under it and the line. So what was heard on the network proves nothing on
/// another connection, nor a second time on this one, and the key itself is never sent. One thread.
/// </summary>
internal sealed class PlainSeal(string key)
{
    private const int ChallengeBytes = 16;
    private const int DigitCount = 2 * HMACSHA256.HashSizeInBytes;

    private readonly byte[] _key = Encoding.UTF8.GetBytes(key);
    private string _challenge = "";
    private long _lines;

    /// <summary>Whether a line was signed rightly.</summary>
    public bool HasProved { get; private set; }

    /// <summary>A challenge that nobody had before; the one before it is void.</summary>
    public string Challenge()
    {
        _challenge = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(ChallengeBytes));
        _lines = 0;
        return _challenge;
    }

    /// <summary>Takes what follows <c>SIGNED</c>: 64 hexadecimal digits, a space, the line. False where it is not signed for this challenge and number; then the challenge is void.</summary>
    public bool TryOpen(ReadOnlySpan<byte> signed, out ReadOnlySpan<byte> line)
    {
        line = default;
        bool isThere = _challenge.Length > 0 && _key.Length > 0 && signed.Length > DigitCount && signed[DigitCount] == (byte)' ';
        if (isThere && IsSigned(signed[..DigitCount], signed[(DigitCount + 1)..]))
        {
            line = signed[(DigitCount + 1)..];
            HasProved = true;
            return true;
        }

        _challenge = "";
        return false;
    }

    private bool IsSigned(ReadOnlySpan<byte> digits, ReadOnlySpan<byte> line)
    {
        Span<byte> said = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (Convert.FromHexString(Encoding.ASCII.GetString(digits), said, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        byte[] head = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{_challenge} {++_lines} "));
        Span<byte> right = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, [.. head, .. line], right);
        return CryptographicOperations.FixedTimeEquals(said, right);
    }
}
