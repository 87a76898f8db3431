// SPDX-License-Identifier: MIT
using System.Diagnostics;
using AudioMesh.Realtime;
using AudioMesh.Testing;

namespace AudioMesh.Tests.Realtime;

internal sealed unsafe class BlockPoolTests
{
    [TestCase(0, 16)]
    [TestCase(16, 0)]
    [TestCase(-1, 16)]
    [TestCase(4, int.MaxValue)]
    [TestCase(1 << 20, 1 << 20)]
    public void A_pool_that_cannot_be_is_refused(int count, int length) =>
        Assert.That(() => new BlockPool(count, length),
            Throws.TypeOf<AudioMeshException>().With.Property("Kind").EqualTo(AudioErrorKind.InvalidArgument));

    [Test]
    public void Blocks_are_aligned_apart_and_as_many_as_asked_for()
    {
        BlockPool pool = new(5, 17);
        HashSet<nint> blocks = [];
        for (int i = 0; i < 5; i++)
        {
            float* block = pool.Rent();
            Assert.That((long)block % 64, Is.Zero);
            Assert.That(blocks.Add((nint)block), Is.True);
            new Span<float>(block, pool.Length).Fill(i);
        }

        Assert.That((long)pool.Rent(), Is.Zero);
        Assert.That((long)(blocks.Max() - blocks.Min()), Is.GreaterThanOrEqualTo(4 * 17 * sizeof(float)));
        Assert.That(blocks.Select(block => new ReadOnlySpan<float>((float*)block, 17).ToArray().Distinct().Single()), Is.Unique);
    }

    [Test]
    public void What_is_out_is_counted_and_comes_back_once()
    {
        BlockPool pool = new(3, 8);
        float* first = pool.Rent();
        float* second = pool.Rent();
        float foreign = 0;
        Assert.Multiple(() =>
        {
            Assert.That(pool.RentedCount, Is.EqualTo(2));
            Assert.That(pool.Return(first), Is.True);
            Assert.That(pool.Return(first), Is.False, "twice");
            Assert.That(pool.Return(second + 1), Is.False, "not the start of a block");
            Assert.That(pool.Return(null), Is.False);
            Assert.That(pool.RentedCount, Is.EqualTo(1));
        });
        Assert.That(pool.Return(&foreign), Is.False, "not the pool's");
        Assert.That(pool.Return(second), Is.True);
        Assert.That(pool.RentedCount, Is.Zero);
    }

    [Test]
    public void No_block_is_lent_to_two_threads()
    {
        BlockPool pool = new(4, 64);
        long[] rented = new long[3];
        Action<CancellationToken> Use(int id) => token =>
        {
            Stopwatch clock = Stopwatch.StartNew();
            while (clock.ElapsedMilliseconds < 2000 && !token.IsCancellationRequested)
            {
                float* first = pool.Rent();
                float* second = pool.Rent();
                Check(pool, first, id);
                Check(pool, second, id + 10);
                rented[id] += (first is null ? 0 : 1) + (second is null ? 0 : 1);
            }
        };
        Race.Run(Use(0), Use(1), Use(2));
        Assert.That(pool.RentedCount, Is.Zero);
        Assert.That(rented, Has.All.GreaterThan(100));
        Assert.That(Enumerable.Range(0, 5).Select(_ => (nint)pool.Rent()).Distinct().Count(block => block != 0), Is.EqualTo(4));
    }

    private static void Check(BlockPool pool, float* block, int mark)
    {
        if (block is null)
        {
            return;
        }

        Span<float> samples = new(block, pool.Length);
        samples.Fill(mark);
        if (samples.ContainsAnyExcept((float)mark) || !pool.Return(block))
        {
            Assert.Fail("somebody else has this block");
        }
    }
}
