// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Compute.Cpu;
using AudioMesh.Compute.Rendering;
using AudioMesh.Realtime;

namespace AudioMesh.Compute.Tests.Rendering;

/// <summary>
/// A player takes period after period in real time. Which of them the GPU was too late for depends on the machine's mood; that all are there, in order, with
/// the right samples, and that those the GPU did not make are counted, does not.
/// </summary>
internal sealed class GpuRenderEngineTests
{
    private const int Frames = Player.Frames;

    private FaultyGpu _gpu = null!;
    private Player _player = null!;

    [SetUp]
    public void SetUp()
    {
        _gpu = new FaultyGpu();
        _player = new Player(_gpu.Open);
    }

    [TearDown]
    public void TearDown()
    {
        _player.Dispose();
        Assert.That(_gpu.Disposed, Is.EqualTo(_gpu.Opened), "Every device is given back.");
    }

    [Test]
    public void Every_period_comes_out_in_order_and_on_time_told()
    {
        MeshTime due = MeshClock.Now.Add(1_000_000_000);
        _player.Begin(due);
        Assert.That(_player.Engine.WaitFinished(Player.Patience));
        Span<float> samples = stackalloc float[Frames * 2];
        Assert.That(_player.Ring.Reader.Read(samples, out JamAudioFrame frame), Is.EqualTo(Frames));
        Assert.That(frame.TimestampGpu, Is.EqualTo(due));
        Assert.That(samples[0], Is.Zero);
        Assert.That(samples[^2], Is.EqualTo(Frames - 1));
        Assert.That(samples[1], Is.EqualTo(_player.Engine.LatePeriods == 0 ? 1 : 0));
    }

    [Test]
    public void Periods_that_the_gpu_does_not_make_are_made_and_counted_while_it_stalls_and_it_is_back_when_healthy()
    {
        _player.PlayUntil(() => _player.Taken > 20);
        _gpu.Stall(200);
        _player.PlayUntil(() => !_gpu.IsStalled);
        Assert.That(_player.FromCpu, Is.GreaterThan(0));
        Assert.That(_player.Engine.LatePeriods, Is.EqualTo(_player.FromCpu));
        _player.PlayUntil(_player.IsOnGpuAgain());
        Assert.That(_player.Engine.LatePeriods, Is.EqualTo(_player.FromCpu));
        Assert.That(_player.Engine.Losses, Is.Zero);
    }

    [Test]
    public void A_gpu_that_is_often_late_is_switched_off()
    {
        _gpu.Stall(60_000);
        _player.PlayUntil(() => _player.Engine.State == GpuRenderState.Late);
        long before = _player.FromCpu, taken = _player.Taken;
        _player.PlayUntil(() => _player.Taken > taken + 50);
        Assert.That(_player.FromCpu - before, Is.EqualTo(_player.Taken - taken), "The processor does all.");
        Assert.That(_player.Engine.LatePeriods, Is.EqualTo(_player.FromCpu));
        _gpu.Stall(0);
    }

    [Test]
    public void A_gpu_that_returns_errors_is_opened_anew_and_is_back_when_healthy()
    {
        _player.PlayUntil(() => _player.Taken > 20);
        _gpu.IsFailing = true;
        _player.PlayUntil(() => _player.Engine.State == GpuRenderState.Lost);
        int opened = _gpu.Opened;
        _player.PlayUntil(() => _gpu.Opened > opened);
        _gpu.IsFailing = false;
        _player.PlayUntil(_player.IsOnGpuAgain());
        Assert.That(_player.Engine.LatePeriods, Is.EqualTo(_player.FromCpu));
        Assert.That(_player.Engine.Losses, Is.EqualTo(1));
    }

    [Test]
    public void A_gpu_that_disappears_is_opened_anew_when_it_is_there_again()
    {
        _player.PlayUntil(() => _player.Taken > 20);
        _gpu.IsAbsent = true;
        _player.PlayUntil(() => _player.Engine.State == GpuRenderState.Lost);
        long taken = _player.Taken;
        _player.PlayUntil(() => _player.Taken > taken + 200);
        Assert.That(_player.Engine.State, Is.EqualTo(GpuRenderState.Lost));
        _gpu.IsAbsent = false;
        _player.PlayUntil(_player.IsOnGpuAgain());
        Assert.That(_player.Engine.LatePeriods, Is.EqualTo(_player.FromCpu));
        Assert.That(_gpu.Opened, Is.EqualTo(2));
    }

    [Test]
    public void A_machine_without_a_gpu_is_not_late()
    {
        using GpuRenderEngine engine = new(Player.Options(() => new CpuDevice()));
        FrameRing ring = engine.CreateBuffer();
        Assert.That(engine.State, Is.EqualTo(GpuRenderState.CpuOnly));
        Assert.That(engine.RenderToBuffer(ring, MeshTime.Unknown));
        Assert.That(engine.WaitFinished(Player.Patience));
        Assert.That(ring.Reader.ReadableFrames, Is.EqualTo(Frames));
        Assert.That(engine.LatePeriods, Is.Zero);
    }

    [Test]
    public void What_opening_throws_comes_out()
    {
        FaultyGpu gone = new() { IsAbsent = true };
        AudioMeshException? error = Assert.Throws<AudioMeshException>(() => _ = new GpuRenderEngine(Player.Options(gone.Open)));
        Assert.That(error!.Kind, Is.EqualTo(AudioErrorKind.DeviceUnavailable));
        FaultyGpu hangs = new();
        hangs.Stall(60_000);
        error = Assert.Throws<AudioMeshException>(() => _ = new GpuRenderEngine(Player.Options(hangs.Open)));
        Assert.That(error!.Kind, Is.EqualTo(AudioErrorKind.Timeout));
        Assert.That(hangs.Disposed, Is.EqualTo(1));
    }

    [Test]
    public void There_is_room_for_the_periods_ahead_and_two_more()
    {
        _gpu.Stall(60_000);
        MeshTime later = MeshClock.Now.Add(3_600_000_000_000);
        for (int i = 0; i < 6; i++)
        {
            Assert.That(_player.Engine.Inputs.Length, Is.EqualTo(Frames));
            Assert.That(_player.Engine.RenderToBuffer(_player.Ring, later));
        }

        Assert.That(_player.Engine.Inputs.IsEmpty);
        Assert.That(_player.Engine.RenderToBuffer(_player.Ring, later), Is.False);
        _gpu.Stall(0);
        Assert.That(_player.Engine.WaitFinished(Player.Patience));
        Assert.That(_player.Engine.Inputs.Length, Is.EqualTo(Frames));
    }

    [Test]
    public void No_thread_allocates_per_period()
    {
        _player.PlayUntil(() => _player.Taken > 500);
        const int SmallestObject = 24;
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 20 && least >= 200 * SmallestObject; attempt++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            long until = _player.Taken + 200;
            while (_player.Taken < until)
            {
                _player.PlayOne();
            }

            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        Assert.That(least, Is.LessThan(200 * SmallestObject), "bytes in 200 periods, of all threads of the process");
    }

    [TestCase(8, 48_000, 4, "PeriodFrames")]
    [TestCase(128, 100, 4, "Rate")]
    [TestCase(128, 48_000, 33, "PeriodsAhead")]
    public void Options_out_of_range_are_named(int frames, int rate, int ahead, string field)
    {
        GpuRenderOptions options = Player.Options(_gpu.Open) with { PeriodFrames = frames, Rate = rate, PeriodsAhead = ahead };
        AudioMeshException? error = Assert.Throws<AudioMeshException>(() => _ = new GpuRenderEngine(options));
        Assert.That(error!.Field, Is.EqualTo(field));
    }
}
