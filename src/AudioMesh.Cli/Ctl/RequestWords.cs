// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AudioMesh.Cli.Ctl;

/// <summary>Makes a request of words: <c>set 4 db=-6</c> is <c>{"cmd":"set","id":4,"args":{"db":-6}}</c>.</summary>
internal static class RequestWords
{
    private const string Help = "a command, then its fields in order, then name=value; or one JSON object";

    // What a command's words are that have no name.
    private static readonly Dictionary<string, string[]> Places = new()
    {
        ["backend"] = ["driver"],
        ["connect"] = ["from", "to"],
        ["create_node"] = ["type"],
        ["describe"] = ["type"],
        ["destroy_node"] = ["id"],
        ["devices"] = ["driver"],
        ["disconnect"] = ["from", "to"],
        ["get"] = ["id"],
        ["latency"] = ["id"],
        ["load"] = ["name"],
        ["port_connect"] = ["from", "to"],
        ["port_disconnect"] = ["from", "to"],
        ["restore"] = ["id"],
        ["save"] = ["name"],
        ["set"] = ["id"],
    };

    // Named values of these are arguments of the node, but for what the request itself has.
    private static readonly Dictionary<string, string[]> WithArguments = new()
    {
        ["create_node"] = ["name", "public", "tag"],
        ["set"] = ["tag"],
    };

    /// <summary>Throws InvalidArgument for words that make no request.</summary>
    public static string ToRequest(IReadOnlyList<string> words, double? rampMs, long? at)
    {
        if (words is [['{', ..] json])
        {
            return OneLine(json);
        }

        Dictionary<string, string> fields = [];
        Dictionary<string, string> arguments = [];
        string command = words[0];
        string[] places = Places.GetValueOrDefault(command, []);
        int place = 0;
        foreach (string word in words.Skip(1))
        {
            int equals = word.IndexOf('=', StringComparison.Ordinal);
            bool isNamed = equals > 0;
            string name = isNamed ? word[..equals] : place < places.Length ? places[place++] : throw Wrong($"'{word}' is one word too many for '{command}'.");
            bool isArgument = isNamed && WithArguments.TryGetValue(command, out string[]? own) && !own.Contains(name);
            if (!(isArgument ? arguments : fields).TryAdd(name, isNamed ? word[(equals + 1)..] : word))
            {
                throw Wrong($"'{name}' is given twice.");
            }
        }

        return Write(command, fields, arguments, rampMs, at);
    }

    private static string Write(string command, Dictionary<string, string> fields, Dictionary<string, string> arguments, double? rampMs, long? at)
    {
        ArrayBufferWriter<byte> line = new();
        using (Utf8JsonWriter json = new(line, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("cmd", command);
            WriteAll(json, fields);
            if (arguments.Count > 0)
            {
                json.WriteStartObject("args");
                WriteAll(json, arguments);
                json.WriteEndObject();
            }

            if (rampMs is { } ramp)
            {
                json.WriteNumber("ramp_ms", ramp);
            }

            if (at is { } time)
            {
                json.WriteNumber("at", time);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(line.WrittenSpan);
    }

    private static void WriteAll(Utf8JsonWriter json, Dictionary<string, string> values)
    {
        foreach ((string name, string text) in values)
        {
            json.WritePropertyName(name);
            WriteValue(json, text);
        }
    }

    // What looks like JSON is meant so: numbers, true, [1,2]; all else is text.
    private static void WriteValue(Utf8JsonWriter json, string text)
    {
        if (text is "true" or "false")
        {
            json.WriteBooleanValue(text == "true");
        }
        else if (text is ['[' or '{' or '"', ..] && IsJson(text))
        {
            json.WriteRawValue(text);
        }
        else if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number))
        {
            json.WriteRawValue(long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole)
                ? whole.ToString(CultureInfo.InvariantCulture)
                : number.ToString("R", CultureInfo.InvariantCulture));
        }
        else
        {
            json.WriteStringValue(text);
        }
    }

    private static bool IsJson(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string OneLine(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            ArrayBufferWriter<byte> line = new();
            using (Utf8JsonWriter writer = new(line))
            {
                document.RootElement.WriteTo(writer);
            }

            return Encoding.UTF8.GetString(line.WrittenSpan);
        }
        catch (JsonException error)
        {
            throw Wrong($"That is no JSON: {error.Message}");
        }
    }

    private static AudioMeshException Wrong(string message) => new(AudioErrorKind.InvalidArgument, message) { Field = "request", Allowed = Help };
}
