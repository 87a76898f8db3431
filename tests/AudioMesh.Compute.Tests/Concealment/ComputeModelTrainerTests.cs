// SPDX-License-Identifier: MIT
using AudioMesh.Compute.Concealment;
using AudioMesh.Concealment;
using AudioMesh.Testing;

namespace AudioMesh.Compute.Tests.Concealment;

internal sealed class ComputeModelTrainerTests
{
    private const int Channels = 3;
    private const int Frames = 12288;
    private const int Block = 128;

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.All))]
    public void What_is_heard_is_the_same_bits_whoever_trains(TestDevice tested)
    {
        using IComputeDevice device = tested.Open();
        using ComputeModelTrainer trainer = new(device, Channels);
        Bits.AssertSame(Heard(null), Heard(trainer));
    }

    [Test]
    public void More_windows_than_it_was_made_for_are_refused()
    {
        using IComputeDevice device = TestDevices.Oracle();
        using ComputeModelTrainer trainer = new(device, 2);
        AudioMeshException? refused = Assert.Throws<AudioMeshException>(() => trainer.Train(new float[3 * 256], 256, new float[3 * 64], 64));
        Assert.That(refused!.Kind, Is.EqualTo(AudioErrorKind.InvalidArgument));
    }

    private static float[] Heard(IModelTrainer? trainer)
    {
        float[] sound = new float[Channels * Frames];
        RepeatableRandom random = new(9);
        for (int i = 0; i < sound.Length; i++)
        {
            sound[i] = (float)(0.5 * Math.Sin(i * 0.03)) + (0.01f * random.NextSample());
        }

        using StreamConcealer concealer = new(
            new ConcealerOptions { Channels = Channels, Rate = 48000, Profile = ConcealmentProfile.Lite, Trainer = trainer });
        for (int offset = 0; offset < sound.Length; offset += Channels * Block)
        {
            Span<float> planes = sound.AsSpan(offset, Channels * Block);
            if (offset / (Channels * Block) % 7 == 6)
            {
                concealer.Fill(planes);
            }
            else
            {
                concealer.Receive(planes);
            }

            while (concealer.Work())
            {
            }
        }

        return sound;
    }
}
