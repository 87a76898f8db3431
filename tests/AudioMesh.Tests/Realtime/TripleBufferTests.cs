// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Runtime.CompilerServices;
using AudioMesh.Realtime;
using AudioMesh.Testing;

namespace AudioMesh.Tests.Realtime;

internal sealed class TripleBufferTests
{
    [InlineArray(40)]
    private struct Payload
    {
        private long _number;

        public static Payload Of(long number)
        {
            Payload payload = default;
            ((Span<long>)payload).Fill(number);
            return payload;
        }
    }

    [Test]
    public void Before_the_first_write_a_read_gives_the_initial_value_as_not_new()
    {
        TripleBuffer<int> buffer = new(7);
        Assert.That(buffer.Read(out bool isNew), Is.EqualTo(7));
        Assert.That(isNew, Is.False);
    }

    [Test]
    public void A_read_gives_the_latest_value_and_gives_it_as_new_once()
    {
        TripleBuffer<int> buffer = new();
        for (int i = 1; i < 10; i++)
        {
            buffer.Write(2 * i);
            buffer.Write((2 * i) + 1);
            Assert.That((buffer.Read(out bool first), first), Is.EqualTo(((2 * i) + 1, true)));
            Assert.That((buffer.Read(out bool second), second), Is.EqualTo(((2 * i) + 1, false)));
        }
    }

    [Test]
    public void What_was_read_stays_as_it_is_while_the_writer_goes_on()
    {
        TripleBuffer<int> buffer = new();
        buffer.Write(1);
        ref readonly int read = ref buffer.Read(out _);
        for (int i = 2; i < 10; i++)
        {
            buffer.Write(i);
        }

        Assert.That(read, Is.EqualTo(1));
    }

    [Test]
    public void Reader_never_sees_half_a_value_or_an_older_one()
    {
        TripleBuffer<Payload> buffer = new();
        long written = 0;
        bool done = false;
        Race.Run(
            token =>
            {
                Stopwatch clock = Stopwatch.StartNew();
                while (clock.ElapsedMilliseconds < 2000 && !token.IsCancellationRequested)
                {
                    buffer.Write(Payload.Of(++written));
                }

                Volatile.Write(ref done, true);
            },
            token =>
            {
                long last = 0;
                while (!token.IsCancellationRequested)
                {
                    bool isEnd = Volatile.Read(ref done);
                    last = Check(buffer.Read(out bool isNew), last, isNew);
                    if (isEnd && !isNew)
                    {
                        Assert.That(last, Is.EqualTo(written), "the last value arrives");
                        return;
                    }
                }
            });
        Assert.That(written, Is.GreaterThan(10_000));
    }

    private static long Check(in Payload payload, long last, bool isNew)
    {
        long number = payload[0];
        if (((ReadOnlySpan<long>)payload).ContainsAnyExcept(number) || (isNew ? number <= last : number != last))
        {
            Assert.Fail($"{(isNew ? "new" : "old")} value {string.Join(' ', ((ReadOnlySpan<long>)payload).ToArray())} after {last}");
        }

        return number;
    }
}
