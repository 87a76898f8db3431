// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using AudioMesh.Latency.Reports;

namespace AudioMesh.Latency.Starts;

/// <summary>An agent in a namespace, with its JACK server and the ear that hears it.</summary>
internal sealed class AgentProcess : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);
    private readonly Process _process;
    private readonly DummyJack _jack;
    private readonly ConcurrentDictionary<string, AgentNote> _notes = new();
    private readonly TaskCompletionSource _started = new();

    public AgentProcess(MeshNetwork network, int number, AgentPlace place, int period, string earProgram)
    {
        Place = place;
        string space = network.Namespaces[number];
        _jack = new DummyJack(period, suffix: $"-{place.Name}", inside: MeshNetwork.Enter(space));
        try
        {
            place = place with { Server = _jack.Name };
            _process = OwnProcess.Start(["starts-host", .. place.Words], inside: MeshNetwork.Enter(space));
            _process.OutputDataReceived += (_, line) => Take(line.Data);
            _process.BeginOutputReadLine();
            if (!_started.Task.Wait(StartLimit))
            {
                throw new AudioMeshException(AudioErrorKind.Timeout, $"The agent {place.Name} does not start.");
            }

            Ear = new EarProcess(earProgram, _jack.Name, MeshNetwork.Enter(space));
        }
        catch
        {
            End();
            throw;
        }
    }

    public AgentPlace Place { get; }

    public EarProcess Ear { get; }

    /// <summary>What its server printed.</summary>
    public IReadOnlyCollection<ServerLine> Said => _jack.Said;

    /// <summary>What it said of an order.</summary>
    public AgentNote? NoteOf(string id) => _notes.GetValueOrDefault(id);

    public void Dispose()
    {
        Ear.Dispose();
        End();
    }

    private void End()
    {
        if (_process is not null)
        {
            _process.StandardInput.Close();
            if (!_process.WaitForExit(3000))
            {
                _process.Kill();
            }

            _process.Dispose();
        }

        _jack.Dispose();
    }

    private void Take(string? line)
    {
        if (line == "started")
        {
            _started.TrySetResult();
        }
        else if (line is not null && JsonSerializer.Deserialize(line, JsonShapes.Default.AgentNote) is { } note)
        {
            _notes[note.Id] = note;
        }
    }
}
