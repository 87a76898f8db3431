// SPDX-License-Identifier: MIT
using AudioMesh.Compute.Metal;
using AudioMesh.Compute.Rendering;
using AudioMesh.Compute.Tests.Rendering;

namespace AudioMesh.Compute.Tests.Metal;

/// <summary>The render engine on the fake Metal, whose faults come from behind the driver's own functions.</summary>
internal sealed class MetalRenderTests : MetalFixture
{
    private const int HangTimeout = 2;
    private const int StallMs = 200;

    [Test]
    public void Every_period_comes_out_while_the_gpu_stalls()
    {
        Player player = Play();
        Fake.Hold(true);
        long end = Environment.TickCount64 + StallMs;
        long before = player.FromCpu;
        player.PlayUntil(() => Environment.TickCount64 > end);
        Fake.Hold(false);
        Assert.That(player.FromCpu, Is.GreaterThan(before));
        player.PlayUntil(player.IsOnGpuAgain());
        Assert.That(player.Engine.LatePeriods, Is.EqualTo(player.FromCpu));
        Assert.That(player.Engine.Losses, Is.Zero);
    }

    [Test]
    public void Every_period_comes_out_when_a_command_buffer_fails()
    {
        Player player = Play();
        Fake.FailAfter(0, HangTimeout);
        player.PlayUntil(() => player.Engine.Losses == 1);
        player.PlayUntil(player.IsOnGpuAgain());
        Assert.That(player.Engine.LatePeriods, Is.EqualTo(player.FromCpu));
    }

    [Test]
    public void Every_period_comes_out_while_the_gpu_is_unplugged()
    {
        Player player = Play();
        Fake.Remove();
        player.PlayUntil(() => player.Engine.State == GpuRenderState.Lost);
        long taken = player.Taken;
        player.PlayUntil(() => player.Taken > taken + 100);
        Fake.Remove(false);
        player.PlayUntil(player.IsOnGpuAgain());
        Assert.That(player.Engine.LatePeriods, Is.EqualTo(player.FromCpu));
    }

    private Player Play()
    {
        Player player = Disposed(new Player(() => MetalDevice.Open(null, Fake.Path)));
        player.PlayUntil(() => player.Taken > 20);
        return player;
    }
}
