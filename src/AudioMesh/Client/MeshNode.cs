// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Clock;

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

    /// <summary>
    /// Sets a numeric live parameter. Throws InvalidArgument; with a time also InvalidState without a device, and LimitExceeded where too many wait.
    /// </summary>
    /// <param name="parameter">Its name, as <c>describe</c> has it.</param>
    /// <param name="value">What it goes to.</param>
    /// <param name="ramp">How long it takes, up to a minute; null is as usual for it.</param>
    /// <param name="at">When that begins to be heard, up to a minute ahead; null for at once.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task SetAsync(
        string parameter, double value, TimeSpan? ramp = null, MeshTime? at = null, CancellationToken cancellation = default) => Engine.TellAsync(
        "set",
        json =>
        {
            json.WriteNumber("id", Id);
            RequestWriter.Arguments(json, [(parameter, value)]);
            RequestWriter.Timing(json, ramp, at);
        },
        cancellation);

    /// <summary>Takes it back where it is left out because it took too long.</summary>
    public Task RestoreAsync(CancellationToken cancellation = default) =>
        Engine.TellAsync("restore", json => json.WriteNumber("id", Id), cancellation);

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
