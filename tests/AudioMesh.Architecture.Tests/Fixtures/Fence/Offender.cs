// SPDX-License-Identifier: MIT
namespace AudioMesh.Fence;

internal static class Offender
{
    public static int Sums(int[] values) => System.Linq.Enumerable.Sum(values);

    public static void Sleeps() => System.Threading.Thread.Sleep(1);

    public static void Prints() => System.Console.WriteLine();

    public static void Waits(System.Threading.Tasks.Task task) => task.Wait();

    public static void Enters(object gate) => System.Threading.Monitor.Enter(gate);

    public static string Formats(int value) => string.Format("{0}", value);

    public static long AsksTheWall() => System.DateTime.UtcNow.Ticks;

    public static void Collects() => System.GC.Collect();

    public static void Queues() => new System.Collections.Concurrent.ConcurrentQueue<int>().Enqueue(1);
}
