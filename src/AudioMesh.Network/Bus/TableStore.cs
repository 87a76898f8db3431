// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Bus;

/// <summary>The content of a table: merging is commutative, associative and idempotent, so whatever order entries come in, the same stays. Under the bus' gate.</summary>
internal sealed class TableStore
{
    /// <summary>Keys are spread over so many, each with a digest of its own, so that hosts find where they differ.</summary>
    public const int Buckets = 256;

    private readonly Dictionary<string, Slot> _slots = [];
    private readonly ulong[] _digests = new ulong[Buckets];

    public ReadOnlySpan<ulong> Digests => _digests;

    public int Count { get; private set; }

    public ulong Digest { get; private set; }

    public IEnumerable<BusEntry> All => _slots.Values.Select(slot => slot.Present);

    public BusEntry? Find(string key) => _slots.TryGetValue(key, out Slot? slot) ? slot.Present : null;

    public IReadOnlyList<BusEntry> History(string key) => _slots.TryGetValue(key, out Slot? slot) ? [.. slot.Past, slot.Present] : [];

    public static int BucketOf(string key) => (int)(BusHash.Of(key) % Buckets);

    /// <summary>Whether there is room for a key, where those that were removed long ago make some.</summary>
    public bool HasRoom(string key) => _slots.ContainsKey(key) || _slots.Count < BusLimits.TableKeys || ForgetOldestRemoved();

    /// <summary>True where the entry holds from now on.</summary>
    public bool Merge(BusEntry entry)
    {
        if (_slots.TryGetValue(entry.Key, out Slot? slot))
        {
            if (entry.CompareTo(slot.Present) <= 0)
            {
                return false;
            }

            Account(slot.Present, -1);
            slot.Become(entry);
        }
        else
        {
            _slots.Add(entry.Key, new Slot(entry));
        }

        Account(entry, 1);
        return true;
    }

    private void Account(BusEntry entry, int count)
    {
        ulong hash = BusHash.Of(entry);
        _digests[BucketOf(entry.Key)] ^= hash;
        Digest ^= hash;
        Count += entry.IsRemoved ? 0 : count;
    }

    private bool ForgetOldestRemoved()
    {
        BusEntry? oldest = All.Where(entry => entry.IsRemoved).MinBy(entry => entry.Stamp);
        if (oldest is null)
        {
            return false;
        }

        Account(oldest, -1);
        return _slots.Remove(oldest.Key);
    }

    private sealed class Slot(BusEntry present)
    {
        private readonly Queue<BusEntry> _past = new();

        public BusEntry Present { get; private set; } = present;

        public IEnumerable<BusEntry> Past => _past;

        public void Become(BusEntry entry)
        {
            if (_past.Count == BusLimits.History - 1)
            {
                _past.Dequeue();
            }

            _past.Enqueue(Present);
            Present = entry;
        }
    }
}
