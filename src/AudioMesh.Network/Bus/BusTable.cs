// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;

namespace AudioMesh.Network.Bus;

/// <summary>A table of either bus.</summary>
internal sealed class BusTable(string name, BusCore core, ITableLink link) : IBusTable
{
    private readonly List<BusSubscription<BusTableHandler>> _watches = [];

    public string Name => name;

    /// <summary>Under the gate.</summary>
    public TableStore Store { get; } = new();

    public int Count => Locked(() => Store.Count);

    public long Pending => Locked(() => link.PendingOf(this));

    public ulong Digest => Locked(() => Store.Digest);

    public IReadOnlyList<BusEntry> Entries => Locked(() => (BusEntry[])[.. Store.All.Where(entry => !entry.IsRemoved).OrderBy(entry => entry.Key, StringComparer.Ordinal)]);

    public IReadOnlyList<BusEntry> EntriesWithRemoved => Locked(() => (BusEntry[])[.. Store.All.OrderBy(entry => entry.Key, StringComparer.Ordinal)]);

    public BusStamp Put(string key, ReadOnlySpan<byte> value)
    {
        BusCore.CheckLength(value.Length, BusLimits.ValueBytes, "value");
        return Write(key, value.ToArray(), isRemoved: false);
    }

    public BusStamp Remove(string key) => Write(key, [], isRemoved: true);

    public bool Restore(BusEntry entry)
    {
        BusSubject.Check(entry.Key);
        BusCore.CheckLength(entry.Value.Length, BusLimits.ValueBytes, "value");
        if (entry.Stamp.UtcNs is < 0 or >= BusClock.LatestNs || entry.Stamp.Origin.Length == 0)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"The stamp of '{entry.Key}' is of no clock.") { Field = "stamp" };
        }

        Wire.WireText.Checked(entry.Stamp.Origin, "origin");
        lock (core.Gate)
        {
            link.CheckWritable();
            bool holds = Take(entry);
            if (holds)
            {
                core.CountSent();
                link.Written(this, entry);
                core.Wake();
            }

            return holds;
        }
    }

    public bool TryGet(string key, [NotNullWhen(true)] out BusEntry? entry)
    {
        entry = Locked(() => Store.Find(key));
        entry = entry is { IsRemoved: false } ? entry : null;
        return entry is not null;
    }

    public IReadOnlyList<BusEntry> History(string key) => Locked(() => Store.History(key));

    public IDisposable Watch(string pattern, BusTableHandler handler)
    {
        lock (core.Gate)
        {
            BusSubscription<BusTableHandler> watch = core.Add(_watches, pattern, handler);
            foreach (BusEntry entry in Store.All)
            {
                if (!entry.IsRemoved && BusSubject.Matches(pattern, entry.Key))
                {
                    core.Post(watch, () => handler(entry));
                }
            }

            return watch;
        }
    }

    /// <summary>Takes an entry of another host. False where it is not news. Under the gate.</summary>
    public bool Take(BusEntry entry)
    {
        if (!Store.HasRoom(entry.Key))
        {
            core.CountRefused();
            return false;
        }

        core.Clock.Observe(entry.Stamp);
        return Merge(entry);
    }

    private BusStamp Write(string key, byte[] value, bool isRemoved)
    {
        BusSubject.Check(key);
        lock (core.Gate)
        {
            link.CheckWritable();
            if (!Store.HasRoom(key))
            {
                throw new AudioMeshException(AudioErrorKind.LimitExceeded, $"The table '{name}' has {BusLimits.TableKeys} keys.") { Allowed = $"{BusLimits.TableKeys} keys" };
            }

            BusEntry entry = new(key, value, core.Clock.Next(), isRemoved);
            Merge(entry);
            core.CountSent();
            link.Written(this, entry);
            core.Wake();
            return entry.Stamp;
        }
    }

    private bool Merge(BusEntry entry)
    {
        if (!Store.Merge(entry))
        {
            return false;
        }

        foreach (BusSubscription<BusTableHandler> watch in _watches)
        {
            if (BusSubject.Matches(watch.Pattern, entry.Key))
            {
                core.Post(watch, () => watch.Handler(entry));
            }
        }

        return true;
    }

    private T Locked<T>(Func<T> read)
    {
        lock (core.Gate)
        {
            return read();
        }
    }
}
