// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Text.Json;

namespace AudioMesh.Network.Hub;

/// <summary>Requests to a hub and replies, as JSON: what they have in common.</summary>
internal static class HubReplies
{
    public const int MaxRequestBytes = 1024;

    /// <summary>The longest reply that is read.</summary>
    public const int MaxReplyBytes = 2048;

    private static readonly JsonDocumentOptions ParseOptions = new() { MaxDepth = 4 };

    /// <summary>Carries out a request by <paramref name="run"/> and writes its reply, which names the request's <c>seq</c>. Never throws for what the request says.</summary>
    public static void Answer(ReadOnlyMemory<byte> request, Action<JsonElement, Utf8JsonWriter> run, IBufferWriter<byte> reply)
    {
        ArrayBufferWriter<byte> body = new(256);
        using Utf8JsonWriter writer = new(body);
        int? sequence = null;
        try
        {
            using JsonDocument document = Parse(request);
            sequence = SequenceOf(document.RootElement, "seq");
            Begin(writer, sequence, ok: true);
            run(document.RootElement, writer);
            writer.WriteEndObject();
            writer.Flush();
        }
        catch (Exception error) when (error is AudioMeshException or InvalidOperationException)
        {
            writer.Reset();
            body.ResetWrittenCount();
            Begin(writer, sequence, ok: false);

            // Lone surrogates pass the parser and fail when read as text.
            WriteError(writer, error as AudioMeshException ?? new AudioMeshException(AudioErrorKind.Protocol, "A text in the request is not valid.", error));
        }

        reply.Write(body.WrittenSpan);
    }

    /// <summary>Throws Protocol where it is no object of at most <paramref name="mostBytes"/>.</summary>
    public static JsonDocument Parse(ReadOnlyMemory<byte> request, int mostBytes = MaxRequestBytes)
    {
        if (request.Length > mostBytes)
        {
            throw new AudioMeshException(AudioErrorKind.Protocol, $"The request is longer than {mostBytes} bytes.");
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(request, ParseOptions);
        }
        catch (JsonException error)
        {
            throw new AudioMeshException(AudioErrorKind.Protocol, $"The request is not JSON: {error.Message}");
        }

        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            document.Dispose();
            throw new AudioMeshException(AudioErrorKind.Protocol, "The request is not a JSON object.");
        }

        return document;
    }

    public static string? CommandOf(JsonElement root) =>
        root.TryGetProperty("cmd", out JsonElement command) && command.ValueKind == JsonValueKind.String ? command.GetString() : null;

    public static int? SequenceOf(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int sequence) ? sequence : null;

    private static void Begin(Utf8JsonWriter writer, int? sequence, bool ok)
    {
        writer.WriteStartObject();
        if (sequence is { } number)
        {
            writer.WriteNumber("re", number);
        }

        writer.WriteBoolean("ok", ok);
    }

    private static void WriteError(Utf8JsonWriter writer, AudioMeshException error)
    {
        writer.WriteStartObject("error");
        writer.WriteString("code", error.Kind.ToCode());
        writer.WriteString("message", error.Message);
        if (error.Field is { } field)
        {
            writer.WriteString("field", field);
        }

        if (error.Allowed is { } allowed)
        {
            writer.WriteString("allowed", allowed);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
    }
}
