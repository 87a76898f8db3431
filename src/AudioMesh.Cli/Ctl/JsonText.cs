// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AudioMesh.Cli.Ctl;

/// <summary>JSON for people: a member a line.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        Console.WriteLine(Encoding.UTF8.GetString(Indented(document.RootElement)));
    }

    /// <summary>The same as bytes.</summary>
    public static byte[] Indented(JsonElement element)
    {
        ArrayBufferWriter<byte> text = new();
        using (Utf8JsonWriter writer = new(text, Options))
        {
            element.WriteTo(writer);
        }

        return text.WrittenSpan.ToArray();
    }
}
