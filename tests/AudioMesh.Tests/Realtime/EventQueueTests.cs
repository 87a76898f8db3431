// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Runtime.CompilerServices;
using AudioMesh.Realtime;
using AudioMesh.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace AudioMesh.Tests.Realtime;

internal sealed class EventQueueTests
{
    private const int Producers = 3;

    [InlineArray(12)]
    private struct Payload
    {
        private long _number;
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(3)]
    [TestCase(-4)]
    public void A_capacity_that_is_no_power_of_two_is_refused(int capacity) =>
        Assert.That(() => new EventQueue<int>(capacity),
            Throws.TypeOf<AudioMeshException>().With.Property("Kind").EqualTo(AudioErrorKind.InvalidArgument));

    [Test]
    public void Queue_does_what_a_bounded_queue_does()
    {
        Gen<(int, bool[])> cases =
            from capacity in Gen.Elements(2, 4, 16)
            from pushes in Gen.Elements(true, false).ArrayOf(200)
            select (capacity, pushes);
        Prop.ForAll(cases.ToArbitrary(), Agrees).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    private static void Agrees((int Capacity, bool[] Pushes) test)
    {
        EventQueue<int> queue = new(test.Capacity);
        Queue<int> model = new();
        long dropped = 0;
        for (int i = 0; i < test.Pushes.Length; i++)
        {
            if (test.Pushes[i])
            {
                bool fits = model.Count < test.Capacity;
                Assert.That(queue.TryPush(i), Is.EqualTo(fits));
                dropped += fits ? 0 : 1;
                if (fits)
                {
                    model.Enqueue(i);
                }
            }
            else
            {
                bool popped = queue.TryPop(out int value);
                Assert.That((popped, value), Is.EqualTo((model.TryDequeue(out int expected), expected)));
            }
        }

        Assert.That(queue.DroppedCount, Is.EqualTo(dropped));
    }

    [Test]
    public void Every_value_arrives_whole_and_in_its_producers_order_or_is_counted_as_dropped()
    {
        EventQueue<Payload> queue = new(64);
        long[] pushed = new long[Producers];
        long[] refused = new long[Producers];
        long[] popped = new long[Producers];
        int running = Producers;
        Action<CancellationToken> Produce(int producer) => token =>
        {
            Stopwatch clock = Stopwatch.StartNew();
            for (long number = 1; clock.ElapsedMilliseconds < 2000 && !token.IsCancellationRequested; number++)
            {
                Payload payload = default;
                ((Span<long>)payload).Fill((number * Producers) + producer);
                _ = queue.TryPush(payload) ? pushed[producer]++ : refused[producer]++;
            }

            Interlocked.Decrement(ref running);
        };
        Race.Run(Produce(0), Produce(1), Produce(2), token =>
        {
            long[] last = new long[Producers];
            while (!token.IsCancellationRequested)
            {
                bool isEnd = Volatile.Read(ref running) == 0;
                if (queue.TryPop(out Payload payload))
                {
                    popped[Check(payload, last)]++;
                }
                else if (isEnd)
                {
                    return;
                }
            }
        });
        Assert.That(popped, Is.EqualTo(pushed));
        Assert.That(queue.DroppedCount, Is.EqualTo(refused.Sum()));
        Assert.That(popped, Has.All.GreaterThan(100));
    }

    private static long Check(in Payload payload, long[] last)
    {
        long value = payload[0];
        long producer = value % Producers;
        if (((ReadOnlySpan<long>)payload).ContainsAnyExcept(value) || value <= last[producer])
        {
            Assert.Fail($"{string.Join(' ', ((ReadOnlySpan<long>)payload).ToArray())} after {last[producer]}");
        }

        last[producer] = value;
        return producer;
    }
}
