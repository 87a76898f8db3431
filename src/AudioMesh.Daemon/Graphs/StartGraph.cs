// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Text;
using System.Text.Json;
using AudioMesh.Control;
using AudioMesh.Daemon.Hosting;
using AudioMesh.Daemon.Logs;
using AudioMesh.Engine;
using Microsoft.Extensions.Logging;

namespace AudioMesh.Daemon.Graphs;

/// <summary>The graph that a daemon begins with. A file that changes is applied again; one that is wrong changes nothing. One thread.</summary>
internal sealed class StartGraph(AudioEngine engine, ILogger log) : IDisposable
{
    private readonly ControlSession _session = new(engine);
    private string? _path;
    private WatchedFile _file = new(null);

    /// <summary>Applies <paramref name="path"/>, and sees to it from now on; null leaves the graph as it is. Throws what is wrong with it.</summary>
    public void Use(string? path)
    {
        if (path == _path)
        {
            return;
        }

        _path = path;
        _file = new WatchedFile(path);
        if (path is not null)
        {
            Apply(path);
        }
    }

    /// <summary>Applies it again where it has changed; what is wrong with it is logged.</summary>
    public void Refresh()
    {
        if (_path is null || !_file.HasChanged())
        {
            return;
        }

        try
        {
            Apply(_path);
        }
        catch (AudioMeshException error)
        {
            log.GraphRefused(_path, error.Message);
        }
    }

    public void Dispose() => _session.Dispose();

    private void Apply(string path)
    {
        using GraphFile file = GraphFile.Read(path);
        ArrayBufferWriter<byte> reply = new();
        _session.Handle(file.ApplyRequest(), reply);
        using JsonDocument answer = JsonDocument.Parse(reply.WrittenMemory);
        if (answer.RootElement.GetProperty("ok").GetBoolean())
        {
            log.GraphApplied(path, Encoding.UTF8.GetString(reply.WrittenSpan));
            return;
        }

        JsonElement error = answer.RootElement.GetProperty("error");
        throw new AudioMeshException(
            AudioErrorKindExtensions.FromCode(error.GetProperty("code").GetString()), $"{path}: {error.GetProperty("message").GetString()}")
        {
            Field = error.TryGetProperty("field", out JsonElement field) ? field.GetString() : null,
            Allowed = error.TryGetProperty("allowed", out JsonElement allowed) ? allowed.GetString() : null,
        };
    }
}
