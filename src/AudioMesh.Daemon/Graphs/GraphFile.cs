// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Text.Json;
using AudioMesh.Control;

namespace AudioMesh.Daemon.Graphs;

/// <summary>A graph in a file, as <c>save</c> writes it: an object with <c>graph</c>, or the graph itself. Comments and last commas are allowed.</summary>
public sealed class GraphFile : IDisposable
{
    private static readonly JsonDocumentOptions Options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    private readonly JsonDocument _document;

    private GraphFile(string path, JsonDocument document, JsonElement graph)
    {
        Path = path;
        _document = document;
        Graph = graph;
    }

    /// <summary>Where it was read from.</summary>
    public string Path { get; }

    /// <summary>The object with <c>nodes</c> and <c>connections</c>.</summary>
    public JsonElement Graph { get; }

    /// <summary>Throws NotFound, FileUnreadable, and FileInvalid with the line of what is no JSON.</summary>
    public static GraphFile Read(string path)
    {
        JsonDocument document = Parse(path);
        JsonElement root = document.RootElement;
        bool isObject = root.ValueKind == JsonValueKind.Object;
        JsonElement graph = isObject && root.TryGetProperty("graph", out JsonElement inner) ? inner : root;
        if (graph.ValueKind == JsonValueKind.Object && graph.TryGetProperty("nodes", out _))
        {
            return new GraphFile(path, document, graph);
        }

        document.Dispose();
        throw new AudioMeshException(AudioErrorKind.FileInvalid, $"{path} is no graph: an object with 'nodes' and 'connections'.");
    }

    /// <summary>The request that makes an engine's graph this one.</summary>
    public byte[] ApplyRequest()
    {
        ArrayBufferWriter<byte> request = new();
        using (Utf8JsonWriter json = new(request))
        {
            json.WriteStartObject();
            json.WriteString("cmd", "apply");
            json.WritePropertyName("graph");
            Graph.WriteTo(json);
            json.WriteEndObject();
        }

        return request.WrittenSpan.ToArray();
    }

    /// <inheritdoc/>
    public void Dispose() => _document.Dispose();

    private static JsonDocument Parse(string path)
    {
        try
        {
            return new FileInfo(path).Length <= ControlSession.MaxRequestBytes
                ? JsonDocument.Parse(File.ReadAllBytes(path), Options)
                : throw new AudioMeshException(AudioErrorKind.FileInvalid, $"{path} is longer than {ControlSession.MaxRequestBytes} bytes.");
        }
        catch (JsonException error)
        {
            throw new AudioMeshException(AudioErrorKind.FileInvalid, $"{path}:{error.LineNumber + 1}: {error.Message}", error);
        }
        catch (FileNotFoundException error)
        {
            throw new AudioMeshException(AudioErrorKind.NotFound, $"There is no graph {path}.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AudioMeshException(AudioErrorKind.FileUnreadable, $"The graph {path} cannot be read: {error.Message}", error);
        }
    }
}
