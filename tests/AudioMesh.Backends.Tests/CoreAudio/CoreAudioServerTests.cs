// SPDX-License-Identifier: MIT
using System.Diagnostics;
using AudioMesh.Backends.CoreAudio;

namespace AudioMesh.Backends.Tests.CoreAudio;

/// <summary>The audio server's own habits: it hangs, it is late, and it forgets nothing that was not given back.</summary>
[TestFixture]
internal sealed class CoreAudioServerTests : CoreAudioFixture
{
    private static readonly StreamRequest Duplex = new() { Device = Interface, InputChannels = 2, PeriodFrames = 128 };

    [Test]
    public void Closing_gives_back_every_listener_ioproc_and_string()
    {
        CoreAudioBackend backend = New();
        for (int i = 1; i <= 3; i++)
        {
            backend.Open(Duplex, new Renderer(2, 100));
            Assert.That(Hal.LiveProcs, Is.EqualTo(1));
            Assert.That(Hal.LiveListeners, Is.Positive.And.EqualTo(Hal.ListenersAdded / i));
            backend.Start();
            backend.Stop();
            backend.Close();
            AssertNothingIsLeft();
        }
    }

    [Test]
    public void Two_streams_on_one_device_do_not_touch_each_other()
    {
        Renderer first = new();
        Renderer second = new();
        CoreAudioBackend one = NewRunning(Duplex, first);
        CoreAudioBackend other = NewRunning(Duplex, second);
        one.Close();
        Assert.That(second.Await(20), Is.True);
        Assert.That(other.State, Is.EqualTo(BackendState.Running));
        other.Close();
        AssertNothingIsLeft();
    }

    [Test]
    public void A_server_that_hangs_makes_no_call_wait_longer_than_it_promises()
    {
        CoreAudioBackend running = NewRunning(Duplex, new Renderer());
        CoreAudioBackend closed = New();
        Hal.Hang(true);
        Within(5, () => Assert.That(closed.IsAvailable(out _), Is.False));
        Within(10, () => Throws(AudioErrorKind.Timeout, () => closed.Open(Duplex, new Renderer())));
        Assert.That(closed.State, Is.EqualTo(BackendState.Closed));
        AwaitLost(running, "stopped calling back");
        Within(6, running.Close);
        Assert.That(running.State, Is.EqualTo(BackendState.Closed));
        Hal.Hang(false);
        Assert.That(SpinWait.SpinUntil(() => Hal.LiveProcs + Hal.LiveListeners == 0, Patience.Ms), Is.True, "given back when it answered again");
        AssertNothingIsLeft();
    }

    [Test]
    public void A_call_that_comes_after_stop_renders_nothing()
    {
        Hal.LateIo(true);
        Renderer renderer = new();
        CoreAudioBackend backend = NewRunning(Duplex, renderer);
        backend.Stop();
        int count = renderer.Count;
        Thread.Sleep(100);
        Assert.That(renderer.Count, Is.EqualTo(count));
        backend.Start();
        Assert.That(renderer.Await(3), Is.True);
        backend.Close();
        count = renderer.Count;
        Thread.Sleep(100);
        Assert.That(renderer.Count, Is.EqualTo(count), "nor after close");
    }

    [Test]
    public void A_notification_that_comes_after_close_reaches_nobody()
    {
        CoreAudioBackend backend = NewRunning(Duplex, new Renderer());
        Hal.HoldNotifications(true);
        Hal.ChangeRate(Interface, 96_000);
        Hal.SetDefault(Interface, input: true);
        Hal.Unplug(Interface);
        backend.Close();
        Hal.Replug(Interface);
        backend.Open(Duplex, new Renderer());
        backend.Start();
        while (backend.TryReadEvent(out _))
        {
        }

        Hal.HoldNotifications(false);
        Hal.FlushNotifications();
        Assert.That(backend.State, Is.EqualTo(BackendState.Running), backend.LostReason);
        while (backend.TryReadEvent(out DeviceEvent told))
        {
            Assert.That(told.Kind, Is.EqualTo(DeviceEventKind.Xrun), "of the opening before");
        }
    }

    [Test]
    public void Notifications_that_come_together_are_all_heard()
    {
        CoreAudioBackend backend = NewRunning(Duplex, new Renderer());
        Hal.HoldNotifications(true);
        Hal.ChangeRate(Interface, 96_000);
        Hal.ChangeBuffer(Interface, 256);
        Hal.Unplug(Interface);
        Hal.HoldNotifications(false);
        AwaitLost(backend, "unplugged");
    }

    private static void Within(double seconds, Action call)
    {
        Stopwatch watch = Stopwatch.StartNew();
        call();
        Assert.That(watch.Elapsed.TotalSeconds, Is.LessThan(seconds));
    }
}
