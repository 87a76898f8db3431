// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using AudioMesh.Files;
using AudioMesh.Tests.Dsp;

namespace AudioMesh.Tests.Files;

/// <summary>Damaged files give samples or an AudioMeshException; never another exception, a hang or a large allocation.</summary>
internal sealed class FuzzTests
{
    private const int Mutants = 3000;
    private const int ForeignMutants = 300;
    private const long MaxBytesAllocated = 1 << 20;
    private const int MaxReads = 1000;

    private static readonly uint[] NastySizes = [0, 1, 7, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF, 0x7FFFF000];
    private readonly TempFolder _folder = new();

    [OneTimeTearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void Damaged_WAV_files_are_read_or_refused([Values("pcm", "extensible", "long")] string seed)
    {
        byte[] valid = Seed(seed);
        Random random = new(42);
        int refused = 0;
        for (int i = 0; i < Mutants; i++)
        {
            byte[] mutant = Mutate(valid, random);
            refused += TryRead(mutant, $"{seed} mutant {i}") ? 0 : 1;
        }

        Assert.That(refused, Is.InRange(Mutants / 50, Mutants - (Mutants / 50)), "mutations that are all alike find nothing");
    }

    [Test]
    public void Damaged_files_of_other_kinds_are_read_or_refused([Values(".flac", ".aiff", ".ogg")] string extension)
    {
        string path = _folder["seed" + extension];
        try
        {
            FileAssert.WriteAll(path, new AudioFileOptions(), Signals.Noise(4000));
        }
        catch (AudioMeshException e) when (e.Kind == AudioErrorKind.LibraryMissing)
        {
            Assert.Ignore(e.Message);
        }

        byte[] valid = File.ReadAllBytes(path);
        Random random = new(43);
        for (int i = 0; i < ForeignMutants; i++)
        {
            TryRead(Mutate(valid, random), $"{extension} mutant {i}");
        }
    }

    private byte[] Seed(string name)
    {
        string path = _folder["seed.wav"];
        switch (name)
        {
            case "pcm":
                FileAssert.WriteAll(path, new AudioFileOptions { Format = FileSampleFormat.Int16 }, Signals.Noise(400));
                return File.ReadAllBytes(path);
            case "extensible":
                FileAssert.WriteAll(path, new AudioFileOptions { Channels = 3, TimeReference = 1 }, Signals.Noise(399));
                return File.ReadAllBytes(path);
            default:
                return new RiffBuilder("RF64").Ds64(1076, 1000, 500).Format(1, 1, 48000, 16)
                    .Chunk("data", new byte[1000], 0xFFFFFFFF).Build(0xFFFFFFFF);
        }
    }

    private static byte[] Mutate(byte[] valid, Random random)
    {
        byte[] mutant = [.. valid];
        for (int changes = random.Next(1, 5); changes > 0; changes--)
        {
            // Mostly the header: that is where the decisions are.
            int at = random.Next(random.Next(4) == 0 ? mutant.Length : Math.Min(mutant.Length, 90));
            switch (random.Next(4))
            {
                case 0:
                    mutant[at] = (byte)random.Next(256);
                    break;
                case 1:
                    mutant[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    if (at + 4 <= mutant.Length)
                    {
                        BinaryPrimitives.WriteUInt32LittleEndian(mutant.AsSpan(at), NastySizes[random.Next(NastySizes.Length)]);
                    }

                    break;
                default:
                    mutant = random.Next(3) == 0 ? mutant[..Math.Max(1, at)] : [.. mutant[..at], .. mutant[random.Next(mutant.Length)..]];
                    mutant = mutant.Length == 0 ? [0] : mutant;
                    break;
            }
        }

        return mutant;
    }

    private bool TryRead(byte[] content, string what)
    {
        string path = _folder["mutant"];
        File.WriteAllBytes(path, content);
        float[] samples = new float[1024];
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            using IAudioFileReader reader = AudioFile.OpenRead(path);
            int reads = 0;
            while (reads < MaxReads && reader.Read(samples) > 0)
            {
                reads++;
            }

            Assert.That(reads, Is.LessThan(MaxReads), $"{what}: {content.Length} bytes never end");
            reader.Seek(reader.Info.Frames / 2);
            reader.Read(samples);
            return true;
        }
        catch (AudioMeshException)
        {
            return false;
        }
        catch (Exception e) when (e is not AssertionException)
        {
            Assert.Fail($"{what}: {e}");
            return false;
        }
        finally
        {
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(MaxBytesAllocated), what);
        }
    }
}
