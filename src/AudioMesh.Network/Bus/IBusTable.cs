// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Bus;

/// <summary>
/// Keys and values that all hosts of a mesh share. The last to write wins, by a hybrid logical clock (<see cref="BusStamp"/>): after whatever partition, all hosts hold the same. Who
/// comes late gets what is there. Any thread.
/// </summary>
public interface IBusTable
{
    /// <summary>The table's name.</summary>
    string Name { get; }

    /// <summary>Keys that have a value.</summary>
    int Count { get; }

    /// <summary>Values written here that are not known yet to have reached the server, or the hosts that are there. 0: all is acknowledged.</summary>
    long Pending { get; }

    /// <summary>A number over all it holds, stamps included: equal tables have equal ones.</summary>
    ulong Digest { get; }

    /// <summary>What it holds now, by key.</summary>
    IReadOnlyList<BusEntry> Entries { get; }

    /// <summary>The same, and the keys that were removed and are still remembered.</summary>
    IReadOnlyList<BusEntry> EntriesWithRemoved { get; }

    /// <summary>Writes a value, which holds here at once and everywhere else soon. LimitExceeded: too many keys, or too long a value.</summary>
    BusStamp Put(string key, ReadOnlySpan<byte> value);

    /// <summary>Removes a key; others are told as of a value.</summary>
    BusStamp Remove(string key);

    /// <summary>
    /// Writes a value with the stamp that it had, as from a file of a run before; true where it holds, as what is there is older. InvalidArgument: the stamp is of no clock.
    /// </summary>
    bool Restore(BusEntry entry);

    /// <summary>The present value of a key.</summary>
    bool TryGet(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out BusEntry? entry);

    /// <summary>The last values of a key that were seen here, at most <see cref="BusLimits.History"/>, the oldest first; those removed included.</summary>
    IReadOnlyList<BusEntry> History(string key);

    /// <summary>Calls <paramref name="handler"/> for all keys of the pattern there are, and then for each change, until disposed. On the bus' thread, never before this returns.</summary>
    IDisposable Watch(string pattern, BusTableHandler handler);
}
