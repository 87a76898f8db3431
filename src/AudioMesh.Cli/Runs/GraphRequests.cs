// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Text;
using System.Text.Json;

namespace AudioMesh.Cli.Runs;

/// <summary>Asks an engine for nodes that the client has no words of its own for.</summary>
internal sealed class GraphRequests(AudioMeshEngine engine)
{
    /// <summary>Whether the engine has such a type.</summary>
    public async Task<bool> KnowsAsync(string type)
    {
        using JsonDocument reply = await RequestAsync("describe", json => json.WriteString("type", type));
        return reply.RootElement.GetProperty("ok").GetBoolean();
    }

    /// <summary>Makes a node and gives its number. Throws what the engine says.</summary>
    public async Task<int> CreateAsync(string type, Action<Utf8JsonWriter> arguments)
    {
        using JsonDocument reply = await AskAsync("create_node", json =>
        {
            json.WriteString("type", type);
            json.WriteStartObject("args");
            arguments(json);
            json.WriteEndObject();
        });
        return reply.RootElement.GetProperty("id").GetInt32();
    }

    /// <summary>Connects two nodes by their numbers.</summary>
    public async Task ConnectAsync(int from, int to)
    {
        using JsonDocument reply = await AskAsync("connect", json =>
        {
            json.WriteNumber("from", from);
            json.WriteNumber("to", to);
        });
    }

    /// <summary>A node's parameters as they are now; dispose of them.</summary>
    public Task<JsonDocument> GetAsync(int node) => AskAsync("get", json => json.WriteNumber("id", node));

    private async Task<JsonDocument> AskAsync(string command, Action<Utf8JsonWriter> fields)
    {
        JsonDocument reply = await RequestAsync(command, fields);
        if (reply.RootElement.GetProperty("ok").GetBoolean())
        {
            return reply;
        }

        using (reply)
        {
            JsonElement error = reply.RootElement.GetProperty("error");
            throw new AudioMeshException(
                AudioErrorKindExtensions.FromCode(error.GetProperty("code").GetString()), error.GetProperty("message").GetString()!)
            {
                Field = error.TryGetProperty("field", out JsonElement field) ? field.GetString() : null,
                Allowed = error.TryGetProperty("allowed", out JsonElement allowed) ? allowed.GetString() : null,
            };
        }
    }

    private async Task<JsonDocument> RequestAsync(string command, Action<Utf8JsonWriter> fields)
    {
        ArrayBufferWriter<byte> request = new();
        using (Utf8JsonWriter json = new(request))
        {
            json.WriteStartObject();
            json.WriteString("cmd", command);
            fields(json);
            json.WriteEndObject();
        }

        return JsonDocument.Parse(await engine.RequestAsync(Encoding.UTF8.GetString(request.WrittenSpan)));
    }
}
