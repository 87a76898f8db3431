// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AudioMesh.Network.Jdat;

/// <summary>Walks through one JSON text (RFC 8259) whose UTF-8 is known to be valid. The first thing that is wrong stays in <see cref="Error"/>.</summary>
internal ref struct JdatScanner(ReadOnlySpan<byte> text)
{
    private const int MostNameBytes = 6 * 24;

    private static readonly SearchValues<byte> EndsRun = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(control => (byte)control), (byte)'"', (byte)'\\']);

    /// <summary>The whole text.</summary>
    public readonly ReadOnlySpan<byte> Text = text;

    /// <summary>The byte it is at.</summary>
    public int At;

    /// <summary>What is wrong, if anything.</summary>
    public JdatError Error { get; private set; }

    /// <summary>The next byte that is not space; 0 at the end.</summary>
    public byte Peek()
    {
        while (At < Text.Length)
        {
            byte next = Text[At];
            if (next is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
            {
                return next;
            }

            At++;
        }

        return 0;
    }

    /// <summary>Moves over one byte if it is next.</summary>
    public bool TryTake(byte wanted)
    {
        bool isNext = Peek() == wanted && At < Text.Length;
        At += isNext ? 1 : 0;
        return isNext;
    }

    /// <summary>Keeps <paramref name="error"/>, the first one; always false.</summary>
    public bool Fail(JdatError error)
    {
        Error = Error == JdatError.None ? error : Error;
        return false;
    }

    /// <summary>Moves over one byte, or fails.</summary>
    public bool Take(byte wanted) => TryTake(wanted) || Fail(JdatError.NotJson);

    /// <summary>A text without its quotes, as it stands there; <paramref name="isEscaped"/>: with backslashes.</summary>
    public bool ReadText(out ReadOnlySpan<byte> raw, out bool isEscaped)
    {
        raw = default;
        isEscaped = false;
        if (Peek() != '"')
        {
            return Fail(IsValueNext() ? JdatError.WrongKind : JdatError.NotJson);
        }

        int start = ++At;
        while (true)
        {
            int run = Text[At..].IndexOfAny(EndsRun);
            if (run < 0 || Text[At + run] < 0x20)
            {
                return Fail(JdatError.NotJson);
            }

            At += run;
            if (Text[At] == '"')
            {
                raw = Text[start..At++];
                return true;
            }

            isEscaped = true;
            if (!SkipEscape())
            {
                return Fail(JdatError.NotJson);
            }
        }
    }

    /// <summary>The name of a member and its colon. One with backslashes that is longer than any known name stays as it stands there.</summary>
    public bool ReadName(out ReadOnlySpan<byte> name)
    {
        name = default;
        if (!ReadText(out ReadOnlySpan<byte> raw, out bool isEscaped))
        {
            Error = JdatError.NotJson;
            return false;
        }

        name = raw;
        if (isEscaped && raw.Length <= MostNameBytes && Unescape(raw) is { } text)
        {
            name = Encoding.UTF8.GetBytes(text);
        }

        return Take((byte)':');
    }

    /// <summary>What a text with backslashes means; null where it is no Unicode.</summary>
    public static string? Unescape(ReadOnlySpan<byte> raw)
    {
        byte[] quoted = [(byte)'"', .. raw, (byte)'"'];
        Utf8JsonReader reader = new(quoted);
        try
        {
            return reader.Read() ? reader.GetString() : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A whole number.</summary>
    public bool ReadLong(out long value)
    {
        value = 0;
        if (Peek() is not ((byte)'-' or (>= (byte)'0' and <= (byte)'9')))
        {
            return Fail(IsValueNext() ? JdatError.WrongKind : JdatError.NotJson);
        }

        JdatError error = JdatNumber.ReadLong(Text, ref At, out value);
        return error == JdatError.None || Fail(error);
    }

    /// <summary>A number in single precision.</summary>
    public bool ReadFloat(out float value)
    {
        Peek();
        JdatError error = JdatNumber.ReadFloat(Text, ref At, out value);
        return error == JdatError.None || Fail(error == JdatError.WrongKind && !IsValueNext() ? JdatError.NotJson : error);
    }

    /// <summary>A number in double precision.</summary>
    public bool ReadDouble(out double value)
    {
        value = 0;
        Peek();
        int start = At;
        if (!JdatNumber.Skip(Text, ref At))
        {
            return Fail(IsValueNext() ? JdatError.WrongKind : JdatError.NotJson);
        }

        value = double.Parse(Text[start..At], NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(value) || Fail(JdatError.NotFinite);
    }

    /// <summary>True or false.</summary>
    public bool ReadFlag(out bool value)
    {
        value = Peek() == 't';
        return TryWord("true"u8) || TryWord("false"u8) || Fail(IsValueNext() ? JdatError.WrongKind : JdatError.NotJson);
    }

    /// <summary>Moves over a word if it is next.</summary>
    public bool TryWord(ReadOnlySpan<byte> word)
    {
        Peek();
        bool isNext = Text[At..].StartsWith(word);
        At += isNext ? word.Length : 0;
        return isNext;
    }

    /// <summary>Moves over any value inside of <paramref name="depth"/> containers.</summary>
    public bool SkipValue(int depth)
    {
        switch (Peek())
        {
            case (byte)'{':
                return SkipContainer(depth, (byte)'}', hasNames: true);
            case (byte)'[':
                return SkipContainer(depth, (byte)']', hasNames: false);
            case (byte)'"':
                return ReadText(out _, out _);
            default:
                return TryWord("true"u8) || TryWord("false"u8) || TryWord("null"u8)
                    || JdatNumber.Skip(Text, ref At) || Fail(JdatError.NotJson);
        }
    }

    private bool SkipContainer(int depth, byte end, bool hasNames)
    {
        if (depth >= JdatFormat.MaxDepth)
        {
            return Fail(JdatError.TooDeep);
        }

        At++;
        if (TryTake(end))
        {
            return true;
        }

        do
        {
            if ((hasNames && !ReadName(out _)) || !SkipValue(depth + 1))
            {
                return false;
            }
        }
        while (TryTake((byte)','));
        return Take(end);
    }

    private bool SkipEscape()
    {
        At++;
        if (At >= Text.Length)
        {
            return false;
        }

        byte kind = Text[At++];
        if (kind != 'u')
        {
            return "\"\\/bfnrt"u8.Contains(kind);
        }

        for (int i = 0; i < 4; i++, At++)
        {
            if (At >= Text.Length || !char.IsAsciiHexDigit((char)Text[At]))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsValueNext() => Peek() is (byte)'"' or (byte)'{' or (byte)'[' or (byte)'t' or (byte)'f' or (byte)'n' or (byte)'-' or (>= (byte)'0' and <= (byte)'9');
}
