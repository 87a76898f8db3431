// SPDX-License-Identifier: MIT
using System.Text;

namespace AudioMesh.Network.Jdat;

/// <summary>The session's name as lines repeat it: made into text once, and again only when it changes.</summary>
internal sealed class JdatSessionName
{
    /// <summary>A UTF-16 unit takes at most three bytes of UTF-8, or six where it is escaped.</summary>
    public const int MostBytes = 6 * JdatFormat.MaxSessionIdLength;

    private readonly byte[] _raw = new byte[MostBytes];
    private int _length;

    public string Text { get; private set; } = "";

    /// <summary>False, and nothing changed, where it is too long, has control characters or is no Unicode.</summary>
    public bool TrySet(ReadOnlySpan<byte> raw, bool isEscaped)
    {
        if (raw.SequenceEqual(_raw.AsSpan(0, _length)))
        {
            return true;
        }

        if (raw.Length > _raw.Length)
        {
            return false;
        }

        string? text = isEscaped ? JdatScanner.Unescape(raw) : Encoding.UTF8.GetString(raw);
        if (text is null || !IsAllowed(text))
        {
            return false;
        }

        raw.CopyTo(_raw);
        _length = raw.Length;
        Text = text;
        return true;
    }

    /// <summary>Whether it may name a session.</summary>
    public static bool IsAllowed(string text) => text.Length <= JdatFormat.MaxSessionIdLength && !text.Any(char.IsControl);
}
