// SPDX-License-Identifier: MIT
using AudioMesh.Compute.Kernels;
using AudioMesh.Testing;

namespace AudioMesh.Compute.Tests.Kernels;

[TestFixtureSource(typeof(TestDevices), nameof(TestDevices.All))]
internal sealed class GainMixTests(TestDevice testDevice)
{
    [Test]
    public void Mixes_in_the_order_of_sources_bit_for_bit(
        [Values(1, 2, 3, 17)] int sources, [Values(1, 7, 63, 64, 65, 480, 512)] int frames)
    {
        using IComputeDevice device = testDevice.Open();
        using GainMixProgram mix = new(device, sources, frames);
        RepeatableRandom random = new((ulong)((sources * 1000) + frames));
        (float From, float To)[] gains = new (float, float)[sources];
        for (int source = 0; source < sources; source++)
        {
            gains[source] = (random.NextSample(), random.NextSample());
            mix.SetGain(source, gains[source].From, gains[source].To);
            random.Fill(mix.Source(source));
        }

        mix.Program.Run();

        float[] expected = new float[frames];
        for (int frame = 0; frame < frames; frame++)
        {
            for (int source = 0; source < sources; source++)
            {
                float step = (gains[source].To - gains[source].From) / frames;
                expected[frame] += mix.Source(source)[frame] * (gains[source].From + (step * frame));
            }
        }

        Bits.AssertSame(expected, mix.Output);
    }

    [Test]
    public void Runs_again_with_what_is_in_the_buffers_then()
    {
        using IComputeDevice device = testDevice.Open();
        using GainMixProgram mix = new(device, 1, 64);
        mix.SetGain(0, 0.5f, 0.5f);
        foreach (float level in (float[])[1, -3])
        {
            mix.Source(0).Fill(level);
            mix.Program.Run();
            Assert.That(mix.Output.ToArray(), Is.All.EqualTo(level / 2));
        }
    }

    [Test]
    public void Running_allocates_nothing()
    {
        using IComputeDevice device = testDevice.Open();
        using GainMixProgram mix = new(device, 4, 128);
        IComputeProgram program = mix.Program;
        AllocationGate.AssertNone(() => program.Wait(program.Submit(), TimeSpan.FromSeconds(10)), warmup: 20, iterations: 100);
    }

    [TestCase(0, 64, "sources")]
    [TestCase(1, 0, "frames")]
    [TestCase(1, 1 << 22, "frames")]
    public void Refuses_to_mix_nothing_or_too_much(int sources, int frames, string field)
    {
        using IComputeDevice device = testDevice.Open();
        AudioMeshException? refusal = Assert.Throws<AudioMeshException>(() => new GainMixProgram(device, sources, frames).Dispose());
        Assert.That((refusal!.Kind, refusal.Field), Is.EqualTo((AudioErrorKind.InvalidArgument, field)));
    }
}
