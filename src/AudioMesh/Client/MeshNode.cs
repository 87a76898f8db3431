// SPDX-License-Identifier: MIT
using System.Text.Json;

namespace AudioMesh;

/// <summary>A node of the engine's graph.</summary>
public class MeshNode
{
    internal MeshNode(AudioMeshEngine engine, int id)
    {
        Engine = engine;
        Id = id;
    }

    /// <summary>Its number in requests and events.</summary>
    public int Id { get; }

    /// <summary>The engine it belongs to.</summary>
    public AudioMeshEngine Engine { get; }

    /// <summary>Removes it and its connections, after a fade while the device runs. Throws what finishing its file threw.</summary>
    public virtual Task RemoveAsync(CancellationToken cancellation = default) =>
        Engine.TellAsync("destroy_node", json => json.WriteNumber("id", Id), cancellation);

    /// <summary>Sets a live parameter.</summary>
    protected Task SetAsync(string parameter, object value, CancellationToken cancellation) => Engine.TellAsync(
        "set",
        json =>
        {
            json.WriteNumber("id", Id);
            RequestWriter.Arguments(json, [(parameter, value)]);
        },
        cancellation);

    /// <summary>Reads a parameter.</summary>
    protected async Task<T> GetAsync<T>(string parameter, Func<JsonElement, T> read, CancellationToken cancellation)
    {
        using JsonDocument reply = await Engine.AskAsync("get", json => json.WriteNumber("id", Id), cancellation).ConfigureAwait(false);
        return read(reply.RootElement.GetProperty("args").GetProperty(parameter));
    }
}
