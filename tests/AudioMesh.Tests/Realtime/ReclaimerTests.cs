// SPDX-License-Identifier: MIT
using System.Diagnostics;
using AudioMesh.Realtime;
using AudioMesh.Testing;

namespace AudioMesh.Tests.Realtime;

internal sealed class ReclaimerTests
{
    private sealed class Thing(Action<Thing> onDispose) : IDisposable
    {
        public int Disposals { get; private set; }

        public void Dispose()
        {
            Disposals++;
            onDispose(this);
        }
    }

    [TestCase(0)]
    [TestCase(3)]
    public void A_capacity_that_is_no_power_of_two_is_refused(int capacity) =>
        Assert.That(() => new Reclaimer(capacity),
            Throws.TypeOf<AudioMeshException>().With.Property("Kind").EqualTo(AudioErrorKind.InvalidArgument));

    [Test]
    public void Things_are_disposed_by_the_collection_and_in_order()
    {
        List<Thing> disposed = [];
        Thing[] things = [new(disposed.Add), new(disposed.Add), new(disposed.Add)];
        Reclaimer reclaimer = new(4);
        Assert.That(things.Select(reclaimer.TryRetire), Has.All.True);
        Assert.That(disposed, Is.Empty);
        Assert.That(reclaimer.Collect(), Is.EqualTo(3));
        Assert.That(disposed, Is.EqualTo(things));
        Assert.That(reclaimer.Collect(), Is.Zero);
    }

    [Test]
    public void A_full_queue_refuses_and_neither_loses_nor_disposes()
    {
        Reclaimer reclaimer = new(2);
        Thing[] things = [new(_ => { }), new(_ => { }), new(_ => { })];
        Assert.That(things.Select(reclaimer.TryRetire), Is.EqualTo(new[] { true, true, false }));
        Assert.That(reclaimer.RefusedCount, Is.EqualTo(1));
        Assert.That(things[2].Disposals, Is.Zero);
        reclaimer.Collect();
        Assert.That(reclaimer.TryRetire(things[2]), Is.True);
        reclaimer.Collect();
        Assert.That(things.Select(thing => thing.Disposals), Has.All.EqualTo(1));
    }

    [Test]
    public void What_a_thing_throws_comes_out_and_the_others_wait_for_the_next_call()
    {
        Reclaimer reclaimer = new(4);
        Thing last = new(_ => { });
        reclaimer.TryRetire(new Thing(_ => throw new InvalidOperationException("no")));
        reclaimer.TryRetire(last);
        Assert.That(reclaimer.Collect, Throws.InvalidOperationException);
        Assert.That(reclaimer.Collect(), Is.EqualTo(1));
        Assert.That(last.Disposals, Is.EqualTo(1));
    }

    [Test]
    public void Every_thing_is_disposed_once_and_on_the_control_thread()
    {
        Reclaimer reclaimer = new(256);
        long retired = 0;
        int controlThread = 0;
        long disposed = 0;
        Thing[] things = new Thing[512];
        bool done = false;
        for (int i = 0; i < things.Length; i++)
        {
            things[i] = new Thing(_ =>
            {
                disposed++;
                if (Environment.CurrentManagedThreadId != controlThread)
                {
                    Assert.Fail("disposed on the wrong thread");
                }
            });
        }

        Race.Run(
            token =>
            {
                Stopwatch clock = Stopwatch.StartNew();
                while (clock.ElapsedMilliseconds < 1000 && !token.IsCancellationRequested)
                {
                    retired += reclaimer.TryRetire(things[retired % things.Length]) ? 1 : 0;
                }

                Volatile.Write(ref done, true);
            },
            token =>
            {
                controlThread = Environment.CurrentManagedThreadId;
                for (bool isEnd = false; !isEnd && !token.IsCancellationRequested;)
                {
                    isEnd = Volatile.Read(ref done);
                    reclaimer.Collect();
                }
            });
        Assert.That(retired, Is.GreaterThan(256));
        Assert.That(disposed, Is.EqualTo(retired));
        Assert.That(things.Sum(thing => (long)thing.Disposals), Is.EqualTo(retired));
    }
}
