// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;

namespace AudioMesh;

/// <summary>Reads the engine's events once and hands them to everyone who listens.</summary>
internal sealed class EventFan(IEngineDoor door) : IAsyncDisposable
{
    private const int Capacity = 1024;

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<(MeshEvents Families, Channel<MeshEvent> Channel)> _listeners = [];
    private Task? _reading;
    private bool _hasEnded;

    private static (MeshEvents Family, string Name)[] Names { get; } =
    [
        (MeshEvents.State, "state"),
        (MeshEvents.Xrun, "xrun"),
        (MeshEvents.Stats, "stats"),
        (MeshEvents.Device, "device"),
        (MeshEvents.Node, "node"),
        (MeshEvents.Bypass, "bypass"),
        (MeshEvents.Clock, "clock"),
        (MeshEvents.Midi, "midi"),
    ];

    public async IAsyncEnumerable<MeshEvent> ListenAsync(
        MeshEvents families, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        long lost = 0;
        Channel<MeshEvent> channel = Channel.CreateBounded<MeshEvent>(
            new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            one => Interlocked.Add(ref lost, one is DroppedEvent dropped ? dropped.Count : 1));
        if (!Add(families, channel))
        {
            yield break;
        }

        try
        {
            await SubscribeAsync(cancellation).ConfigureAwait(false);
            await foreach (MeshEvent meshEvent in channel.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
            {
                if (Interlocked.Exchange(ref lost, 0) is > 0 and long count)
                {
                    yield return new DroppedEvent(meshEvent.Time, count);
                }

                yield return meshEvent;
            }
        }
        finally
        {
            Remove(channel);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        Task? reading;
        lock (_gate)
        {
            reading = _reading;
        }

        await (reading ?? Task.CompletedTask).ConfigureAwait(false);
        End();
        _stop.Dispose();
    }

    private bool Add(MeshEvents families, Channel<MeshEvent> channel)
    {
        lock (_gate)
        {
            if (_hasEnded)
            {
                return false;
            }

            _listeners.Add((families, channel));
            _reading ??= Task.Run(ReadAsync);
            return true;
        }
    }

    private void Remove(Channel<MeshEvent> channel)
    {
        lock (_gate)
        {
            _listeners.RemoveAll(listener => listener.Channel == channel);
        }
    }

    private async Task SubscribeAsync(CancellationToken cancellation)
    {
        MeshEvents all = MeshEvents.None;
        lock (_gate)
        {
            foreach ((MeshEvents families, _) in _listeners)
            {
                all |= families;
            }
        }

        byte[] request = RequestWriter.Request("subscribe", json => WriteFamilies(json, all));
        ReplyReader.Open((await door.RequestAsync(request, cancellation).ConfigureAwait(false)).Text).Dispose();
    }

    private static void WriteFamilies(Utf8JsonWriter json, MeshEvents families)
    {
        json.WriteStartArray("events");
        foreach ((MeshEvents family, string name) in Names)
        {
            if (families.HasFlag(family))
            {
                json.WriteStringValue(name);
            }
        }

        json.WriteEndArray();
    }

    private static MeshEvents FamilyOf(MeshEvent meshEvent) => meshEvent switch
    {
        StateEvent => MeshEvents.State,
        XrunEvent => MeshEvents.Xrun,
        StatsEvent => MeshEvents.Stats,
        DeviceChangeEvent => MeshEvents.Device,
        BypassEvent => MeshEvents.Bypass,
        ClockEvent => MeshEvents.Clock,
        _ => MeshEvents.Node,
    };

    private async Task ReadAsync()
    {
        try
        {
            while (await door.NextEventAsync(_stop.Token).ConfigureAwait(false) is { } line)
            {
                using JsonDocument document = JsonDocument.Parse(line);
                if (ReplyReader.Event(document.RootElement) is { } meshEvent)
                {
                    Hand(meshEvent);
                }
            }
        }
        catch (OperationCanceledException)
        {
        }

        End();
    }

    private void Hand(MeshEvent meshEvent)
    {
        lock (_gate)
        {
            foreach ((MeshEvents families, Channel<MeshEvent> channel) in _listeners)
            {
                if (meshEvent is DroppedEvent || families.HasFlag(FamilyOf(meshEvent)))
                {
                    channel.Writer.TryWrite(meshEvent);
                }
            }
        }
    }

    private void End()
    {
        lock (_gate)
        {
            _hasEnded = true;
            foreach ((_, Channel<MeshEvent> channel) in _listeners)
            {
                channel.Writer.TryComplete();
            }
        }
    }
}
