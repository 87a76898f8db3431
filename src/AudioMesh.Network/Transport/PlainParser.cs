// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AudioMesh.Network.Transport;

/// <summary>Reads lines of the plain protocol. Whatever a line holds, the answer is a command or a refusal.</summary>
internal static class PlainParser
{
    private const decimal NanosecondsPerSecond = 1_000_000_000m;
    private const decimal LastSecond = 9_000_000_000m;
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 2 };
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    public static TransportRefusal Parse(ReadOnlySpan<byte> line, out PlainCommand? command)
    {
        command = null;
        try
        {
            string text = Utf8.GetString(line).Trim();
            return text.StartsWith('{') ? ParseJson(text, out command) : ParseWords(text, out command);
        }
        catch (ArgumentException)
        {
            return new TransportRefusal("syntax", "A line is UTF-8.");
        }
    }

    private static TransportRefusal ParseWords(string text, out PlainCommand? command)
    {
        string[] words = text.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        string word = words.Length > 0 ? words[0].ToUpperInvariant() : "";
        int wanted = word switch
        {
            "START_AT" or "STOP_AT" => 2,
            "LOCATE_START_AT" or "LOCATE_AT" => 3,
            "SET_PARAM" => 4,
            _ => 0,
        };
        command = null;
        if (wanted == 0)
        {
            return Unknown();
        }

        // A parameter's value may have spaces.
        if (words.Length < wanted || (words.Length > wanted && word != "SET_PARAM"))
        {
            return new TransportRefusal("syntax", $"{word} takes {wanted - 1} {(wanted == 2 ? "word" : "words")}.");
        }

        return word switch
        {
            "SET_PARAM" => Take(new PlainCommand(word, Namespace: words[1], Name: words[2], Value: string.Join(' ', words[3..])), out command),
            _ => ParseOrder(word, wanted == 3 ? words[1] : null, words[wanted - 1], out command),
        };
    }

    private static TransportRefusal ParseJson(string text, out PlainCommand? command)
    {
        command = null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, Strict);
            JsonElement json = document.RootElement;
            string word = (json.GetProperty("cmd").GetString() ?? "").ToUpperInvariant();
            return word switch
            {
                "SET_PARAM" => Take(new PlainCommand(word, Namespace: TextOf(json, "ns"), Name: TextOf(json, "name"), Value: TextOf(json, "value")), out command),
                "START_AT" or "STOP_AT" => ParseOrder(word, null, TextOf(json, "t"), out command),
                "LOCATE_START_AT" or "LOCATE_AT" => ParseOrder(word, TextOf(json, "frame"), TextOf(json, "t"), out command),
                _ => Unknown(),
            };
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return new TransportRefusal("syntax", $"Not a command as JSON: {OneLine(error.Message)}");
        }
    }

    private static TransportRefusal ParseOrder(string word, string? frameText, string timeText, out PlainCommand? command)
    {
        command = null;
        long? frame = null;
        if (frameText is not null)
        {
            if (!long.TryParse(frameText, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number))
            {
                return new TransportRefusal("frame", $"'{OneLine(frameText)}' is not a frame.");
            }

            frame = number;
        }

        if (!TryTime(timeText, out long utcNs, out TransportRefusal refusal))
        {
            return refusal;
        }

        TransportAction action = word switch
        {
            "START_AT" => TransportAction.Start,
            "STOP_AT" => TransportAction.Stop,
            "LOCATE_AT" => TransportAction.Locate,
            _ => TransportAction.LocateStart,
        };
        return Take(new PlainCommand(word, action, utcNs, frame), out command);
    }

    private static bool TryTime(string text, out long utcNs, out TransportRefusal refusal)
    {
        utcNs = 0;
        refusal = default;
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal seconds) && seconds >= 0 && seconds < LastSecond)
        {
            utcNs = (long)decimal.Round(seconds * NanosecondsPerSecond);
            return true;
        }

        refusal = !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || double.IsNaN(number)
            ? new TransportRefusal("not_a_number", $"'{OneLine(text)}' is not a time in seconds since 1970.")
            : number < 0 ? new TransportRefusal("past", $"{number:R} is before 1970.")
            : new TransportRefusal("too_far", $"{number:R} is no time that will come.");
        return false;
    }

    private static TransportRefusal Take(PlainCommand made, out PlainCommand? command)
    {
        command = made;
        return default;
    }

    private static TransportRefusal Unknown() => new("unknown_command", "START_AT, STOP_AT, LOCATE_START_AT, LOCATE_AT or SET_PARAM.");

    private static string TextOf(JsonElement json, string name) => json.GetProperty(name) is { ValueKind: JsonValueKind.String } text
        ? text.GetString() ?? ""
        : json.GetProperty(name).GetRawText();

    private static string OneLine(string text) => new([.. text.Take(80).Select(c => char.IsControl(c) ? ' ' : c)]);
}
