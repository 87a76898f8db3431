// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace AudioMesh.Network.Jdat;

/// <summary>
/// Reads JSON numbers (RFC 8259, 6). A single-precision value is made of its decimal digits in double precision, which is within a few units of its last
/// place; where that is enough to know the nearest float, which is nearly always (W. D. Clinger, How to read floating point numbers accurately, 1990), it
/// is taken, else the runtime's exact conversion is asked.
/// </summary>
internal static class JdatNumber
{
    private const int MostDigits = 19;
    private const int LowBits = 29;
    private const long Tie = 1L << (LowBits - 1);
    private const long Doubt = 8;

    private static readonly double[] Powers = MakePowers();

    /// <summary>Reads a number at <paramref name="at"/>, which moves behind it.</summary>
    public static JdatError ReadFloat(ReadOnlySpan<byte> text, ref int at, out float value)
    {
        int start = at;
        int i = at;
        value = 0;
        bool isNegative = i < text.Length && text[i] == '-';
        i += isNegative ? 1 : 0;
        if (i >= text.Length || !IsDigit(text[i]))
        {
            bool isWord = i < text.Length && text[i] is (byte)'N' or (byte)'I';
            return isWord ? JdatError.NotFinite : i > start ? JdatError.NotJson : JdatError.WrongKind;
        }

        ulong mantissa = 0;
        int digits = 0;
        int exponent = 0;
        if (text[i] == '0')
        {
            i++;
        }
        else
        {
            for (; i < text.Length && IsDigit(text[i]); i++, digits++)
            {
                mantissa = digits < MostDigits ? (mantissa * 10) + (uint)(text[i] - '0') : mantissa;
            }
        }

        if (i < text.Length && text[i] == '.')
        {
            int first = ++i;
            while (digits <= MostDigits - 8 && i <= text.Length - 8 && TryEight(text[i..], out uint eight))
            {
                mantissa = (mantissa * 100_000_000) + eight;
                digits += mantissa == 0 ? 0 : 8;
                i += 8;
            }

            for (; i < text.Length && IsDigit(text[i]); i++)
            {
                if (digits < MostDigits)
                {
                    mantissa = (mantissa * 10) + (uint)(text[i] - '0');
                }

                digits += mantissa == 0 ? 0 : 1;
            }

            if (i == first)
            {
                return JdatError.NotJson;
            }

            exponent = first - i;
        }

        if (i < text.Length && (text[i] | 0x20) == 'e' && !ReadExponent(text, ref i, ref exponent))
        {
            return JdatError.NotJson;
        }

        if (i < text.Length && IsDigit(text[i]))
        {
            return JdatError.NotJson;
        }

        at = i;
        value = digits <= MostDigits && TryNearest(mantissa, exponent, out float nearest)
            ? (isNegative ? -nearest : nearest)
            : float.Parse(text[start..i], NumberStyles.Float, CultureInfo.InvariantCulture);
        return float.IsFinite(value) ? JdatError.None : JdatError.NotFinite;
    }

    /// <summary>Reads a whole number without fraction and exponent.</summary>
    public static JdatError ReadLong(ReadOnlySpan<byte> text, ref int at, out long value)
    {
        int i = at;
        value = 0;
        bool isNegative = i < text.Length && text[i] == '-';
        i += isNegative ? 1 : 0;
        int first = i;
        bool isTooLarge = false;
        for (; i < text.Length && IsDigit(text[i]); i++)
        {
            isTooLarge |= value > (long.MaxValue - 9) / 10;
            value = isTooLarge ? 0 : (value * 10) + (text[i] - '0');
        }

        if (i == first || (i < text.Length && text[i] is (byte)'.' or (byte)'e' or (byte)'E'))
        {
            return JdatError.WrongKind;
        }

        if (text[first] == '0' && i > first + 1)
        {
            return JdatError.NotJson;
        }

        at = i;
        value = isNegative ? -value : value;
        return isTooLarge ? JdatError.OutOfRange : JdatError.None;
    }

    /// <summary>Moves over a number of any size.</summary>
    public static bool Skip(ReadOnlySpan<byte> text, ref int at)
    {
        int i = at;
        i += i < text.Length && text[i] == '-' ? 1 : 0;
        int first = i;
        SkipDigits(text, ref i);
        if (i == first || (text[first] == '0' && i > first + 1))
        {
            return false;
        }

        if (i < text.Length && text[i] == '.')
        {
            int fraction = ++i;
            SkipDigits(text, ref i);
            if (i == fraction)
            {
                return false;
            }
        }

        int ignored = 0;
        if (i < text.Length && (text[i] | 0x20) == 'e' && !ReadExponent(text, ref i, ref ignored))
        {
            return false;
        }

        at = i;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsDigit(byte value) => (uint)(value - '0') <= 9;

    private static void SkipDigits(ReadOnlySpan<byte> text, ref int i)
    {
        while (i < text.Length && IsDigit(text[i]))
        {
            i++;
        }
    }

    private static bool ReadExponent(ReadOnlySpan<byte> text, ref int i, ref int exponent)
    {
        i++;
        bool isNegative = i < text.Length && text[i] == '-';
        i += i < text.Length && text[i] is (byte)'-' or (byte)'+' ? 1 : 0;
        int first = i;
        int written = 0;
        for (; i < text.Length && IsDigit(text[i]); i++)
        {
            written = Math.Min((written * 10) + (text[i] - '0'), 1_000_000);
        }

        exponent += isNegative ? -written : written;
        return i > first;
    }

    private static bool TryNearest(ulong mantissa, int exponent, out float nearest)
    {
        nearest = 0;
        if (mantissa == 0)
        {
            return true;
        }

        if (exponent <= -Powers.Length || exponent >= Powers.Length)
        {
            return false;
        }

        double value = exponent < 0 ? mantissa / Powers[-exponent] : mantissa * Powers[exponent];
        long fromTie = (BitConverter.DoubleToInt64Bits(value) & ((1L << LowBits) - 1)) - Tie;
        nearest = (float)value;
        return Math.Abs(fromTie) > Doubt && value > 1.2e-38;
    }

    // Eight digits at once, as in D. Lemire, Number Parsing at a Gigabyte per Second, 2021.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryEight(ReadOnlySpan<byte> text, out uint value)
    {
        ulong eight = BinaryPrimitives.ReadUInt64LittleEndian(text);
        value = 0;
        if ((((eight + 0x4646464646464646) | (eight - 0x3030303030303030)) & 0x8080808080808080) != 0)
        {
            return false;
        }

        eight -= 0x3030303030303030;
        eight = (eight * 10) + (eight >> 8);
        const ulong Mask = 0x000000FF000000FF;
        value = (uint)((((eight & Mask) * 0x000F424000000064) + (((eight >> 16) & Mask) * 0x0000271000000001)) >> 32);
        return true;
    }

    private static double[] MakePowers()
    {
        double[] powers = new double[65];
        for (int i = 0; i < powers.Length; i++)
        {
            powers[i] = double.Parse($"1e{i}", CultureInfo.InvariantCulture);
        }

        return powers;
    }
}
