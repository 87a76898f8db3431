// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Network.Transport;

/// <summary>The last reading, from one device thread to any; a reader that was interrupted for several writings reads again.</summary>
internal sealed class ReadingBox
{
    private const int Slots = 8;
    private readonly TransportReading[] _slots = new TransportReading[Slots];
    private long _version;

    public ReadingBox(in TransportReading first) => _slots[0] = first;

    public TransportReading Read()
    {
        while (true)
        {
            long version = Volatile.Read(ref _version);
            TransportReading reading = _slots[version & (Slots - 1)];
            Interlocked.MemoryBarrier();
            if (Volatile.Read(ref _version) - version <= Slots - 2)
            {
                return reading;
            }
        }
    }

    [RealtimeSafe]
    public void Write(in TransportReading reading)
    {
        long next = _version + 1;
        _slots[next & (Slots - 1)] = reading;
        Interlocked.Exchange(ref _version, next);
    }
}
