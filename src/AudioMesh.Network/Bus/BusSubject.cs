// SPDX-License-Identifier: MIT
using System.Text;

namespace AudioMesh.Network.Bus;

/// <summary>Subjects: tokens of ASCII letters, digits, '_', '-', '=' and '/', joined by '.'. The same on every bus.</summary>
public static class BusSubject
{
    /// <summary>Whether <paramref name="subject"/> is one, without wildcards.</summary>
    public static bool IsValid(ReadOnlySpan<char> subject) => IsValid(subject, isPattern: false);

    /// <summary>Whether <paramref name="pattern"/> is a subject that may have '*' for a token and '>' for the last ones.</summary>
    public static bool IsValidPattern(ReadOnlySpan<char> pattern) => IsValid(pattern, isPattern: true);

    /// <summary>Whether a valid pattern means a valid subject.</summary>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> subject)
    {
        while (true)
        {
            if (pattern.Equals(">", StringComparison.Ordinal))
            {
                return true;
            }

            ReadOnlySpan<char> wanted = TakeToken(ref pattern, out bool patternEnds);
            ReadOnlySpan<char> given = TakeToken(ref subject, out bool subjectEnds);
            bool isSame = wanted.Equals("*", StringComparison.Ordinal) || wanted.SequenceEqual(given);
            if (!isSame || patternEnds || subjectEnds)
            {
                return isSame && patternEnds && subjectEnds;
            }
        }
    }

    /// <summary>Any text as one token: what a token may not have is '=' and two hexadecimal digits for each byte of UTF-8. Throws InvalidArgument where it is empty.</summary>
    public static string Token(string text)
    {
        if (text.Length == 0)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, "A token cannot be empty.") { Allowed = "a text" };
        }

        StringBuilder token = new();
        foreach (byte value in Encoding.UTF8.GetBytes(text))
        {
            bool isPlain = char.IsAsciiLetterOrDigit((char)value) || value is (byte)'_' or (byte)'-';
            _ = isPlain ? token.Append((char)value) : token.Append('=').Append(value.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }

        return token.ToString();
    }

    /// <summary>Throws InvalidArgument naming the subject.</summary>
    internal static string Check(string subject, bool isPattern = false) =>
        IsValid(subject, isPattern)
            ? subject
            : throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"'{subject}' is no {(isPattern ? "pattern" : "subject")}.")
            {
                Field = "subject",
                Allowed = "tokens of letters, digits, '_', '-', '=' and '/', joined by '.', at most 255 bytes",
            };

    /// <summary>The same for one token.</summary>
    internal static string CheckToken(string token) =>
        IsValid(token) && !token.Contains('.', StringComparison.Ordinal)
            ? token
            : throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"'{token}' is not one token.") { Allowed = "letters, digits, '_', '-', '=' and '/', at most 255 bytes" };

    private static bool IsValid(ReadOnlySpan<char> subject, bool isPattern)
    {
        if (subject.Length is 0 or > BusLimits.SubjectBytes)
        {
            return false;
        }

        bool ends = false;
        while (!ends)
        {
            ReadOnlySpan<char> token = TakeToken(ref subject, out ends);
            bool isWildcard = isPattern && (token.Equals("*", StringComparison.Ordinal) || (ends && token.Equals(">", StringComparison.Ordinal)));
            if (!isWildcard && !IsToken(token))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsToken(ReadOnlySpan<char> token)
    {
        foreach (char c in token)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '=' or '/'))
            {
                return false;
            }
        }

        return token.Length > 0;
    }

    private static ReadOnlySpan<char> TakeToken(ref ReadOnlySpan<char> rest, out bool ends)
    {
        int dot = rest.IndexOf('.');
        ends = dot < 0;
        ReadOnlySpan<char> token = ends ? rest : rest[..dot];
        rest = ends ? [] : rest[(dot + 1)..];
        return token;
    }
}
