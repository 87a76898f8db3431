// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Realtime;
using AudioMesh.Testing;

namespace AudioMesh.Tests.Realtime;

internal sealed unsafe class AllocationTests
{
    [Test]
    public void The_ring_allocates_nothing()
    {
        using FrameRing ring = FrameRing.Create(new FrameRingOptions { CapacityFrames = 256, Channels = 2, Rate = 48000 });
        float[] samples = new float[2 * 100];
        FrameRingWriter writer = ring.Writer;
        FrameRingReader reader = ring.Reader;
        AllocationGate.AssertNone(() =>
        {
            float* memory = stackalloc float[200];
            float** planes = stackalloc float*[2] { memory, memory + 100 };
            int written = writer.Write(samples, new MeshTime(5), FrameFlags.Silence)
                + writer.WritePlanar(planes, 0, 100, MeshTime.Unknown, FrameFlags.None);
            writer.ReportPauseTotal(written + writer.Channels + writer.FillFrames + writer.WritableFrames);
            _ = writer.Position + writer.RefusedFrames + writer.Underruns + writer.UnderrunFrames;
            _ = writer.ReaderHeartbeat.IsKnown || writer.ReaderClosed || writer.ReaderProcessId == 1;
            int read = reader.Read(samples, out JamAudioFrame first) + reader.ReadPlanar(planes, 2, 0, 90, out _) + reader.Skip(10);
            _ = first.Position + reader.Position + reader.RefusedFrames + (ulong)(read + reader.Channels + reader.ReadableFrames);
            _ = reader.IsCompleted || reader.WriterCompleted || reader.WriterHeartbeat.IsKnown || reader.WriterProcessId == 1;
            reader.ReportUnderrun((int)reader.WriterPauseTotalNanoseconds);
            reader.Beat(MeshClock.Now);
        });
        AllocationGate.AssertNone(writer.Complete);
        AllocationGate.AssertNone(writer.Reopen);
        AllocationGate.AssertNone(reader.Close);
    }

    [Test]
    public void The_triple_buffer_allocates_nothing()
    {
        TripleBuffer<(long, long, long)> buffer = new();
        AllocationGate.AssertNone(() =>
        {
            buffer.Write((1, 2, 3));
            _ = buffer.Read(out _).Item2;
        });
    }

    [Test]
    public void The_event_queue_allocates_nothing_even_when_full()
    {
        EventQueue<(long, int)> queue = new(4);
        AllocationGate.AssertNone(() =>
        {
            for (int i = 0; i < 2 * queue.Capacity; i++)
            {
                queue.TryPush((queue.DroppedCount, i));
            }

            while (queue.TryPop(out _))
            {
            }
        });
    }

    [Test]
    public void The_block_pool_allocates_nothing_even_when_empty()
    {
        BlockPool pool = new(2, 64);
        AllocationGate.AssertNone(() =>
        {
            float* first = pool.Rent(), second = pool.Rent(), third = pool.Rent();
            _ = pool.Count + pool.Length + pool.RentedCount;
            pool.Return(first);
            pool.Return(second);
            pool.Return(third);
        });
    }

    [Test]
    public void Retiring_allocates_nothing_even_when_full()
    {
        Reclaimer reclaimer = new(2);
        using MemoryStream thing = new();
        AllocationGate.AssertNone(() => reclaimer.TryRetire(thing));
        Assert.That(reclaimer.RefusedCount, Is.GreaterThan(0));
    }

    [Test]
    public void The_gate_sees_an_allocation() =>
        Assert.That(() => AllocationGate.AssertNone(() => GC.KeepAlive(new object())), Throws.TypeOf<AssertionException>());
}
