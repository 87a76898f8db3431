// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Text.Json;

namespace AudioMesh.Network.Bus;

/// <summary>An error as it goes to who asked: <c>{"code":…,"message":…,"field":…,"allowed":…}</c>, the codes those of the control protocol.</summary>
internal static class AnswerError
{
    private const int MostText = 1024;

    public static byte[] Write(Exception error)
    {
        AudioMeshException? named = error as AudioMeshException;
        ArrayBufferWriter<byte> bytes = new();
        using Utf8JsonWriter writer = new(bytes);
        writer.WriteStartObject();
        writer.WriteString("code", (named?.Kind ?? AudioErrorKind.Internal).ToCode());
        writer.WriteString("message", Cut(error.Message));
        if (named?.Field is { } field)
        {
            writer.WriteString("field", Cut(field));
        }

        if (named?.Allowed is { } allowed)
        {
            writer.WriteString("allowed", Cut(allowed));
        }

        writer.WriteEndObject();
        writer.Flush();
        return bytes.WrittenSpan.ToArray();
    }

    public static AudioMeshException Read(ReadOnlySpan<byte> json)
    {
        (string code, string message, string? field, string? allowed) = ("protocol", "The answer is an error that cannot be read.", null, null);
        try
        {
            Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = 1 });
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string name = reader.GetString()!;
                reader.Read();
                string? text = reader.GetString();
                _ = name switch
                {
                    "code" => code = text ?? code,
                    "message" => message = text ?? message,
                    "field" => field = text,
                    "allowed" => allowed = text,
                    _ => text,
                };
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            code = "protocol";
        }

        return new AudioMeshException(AudioErrorKindExtensions.FromCode(code), message) { Field = field, Allowed = allowed };
    }

    private static string Cut(string text) => text.Length <= MostText ? text : text[..MostText];
}
