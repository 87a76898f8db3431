// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using AudioMesh.Realtime;

namespace AudioMesh.Architecture.Tests.Fixtures;

/// <summary>Breaks each rule once.</summary>
internal static unsafe class Offender
{
    private static readonly Lock s_lock = new();

    [RealtimeSafe]
    public static char[] MarkedProperty => new char[3];

    [RealtimeSafe]
    public static byte[] MakesAnArray() => new byte[4];

    [RealtimeSafe]
    public static object MakesAnObject() => new();

    [RealtimeSafe]
    public static Func<int> MakesADelegate(int value) => () => value;

    [RealtimeSafe]
    public static object Boxes(int value) => value;

    [RealtimeSafe]
    public static void Throws(Exception exception) => throw exception;

    [RealtimeSafe]
    public static void ThrowsByGuard(int value) => ArgumentOutOfRangeException.ThrowIfNegative(value);

    [RealtimeSafe]
    public static int Locks(List<int> values)
    {
        lock (values)
        {
            return values.Count;
        }
    }

    [RealtimeSafe]
    public static int LocksAnew(List<int> values)
    {
        lock (s_lock)
        {
            return values.Count;
        }
    }

    [RealtimeSafe]
    public static void Waits(Task task) => task.Wait();

    [RealtimeSafe]
    public static void Sleeps() => Thread.Sleep(1);

    [RealtimeSafe]
    public static void Prints() => Console.WriteLine();

    [RealtimeSafe]
    public static string Formats(string text) => string.Format(text, text);

    [RealtimeSafe]
    public static string Interpolates(int value) => $"{value}";

    [RealtimeSafe]
    public static string Concatenates(string left, string right) => left + right;

    [RealtimeSafe]
    public static void GrowsAList(List<int> values) => values.Add(1);

    [RealtimeSafe]
    public static int Enumerates(IEnumerable<int> values)
    {
        int sum = 0;
        foreach (int value in values)
        {
            sum += value;
        }

        return sum;
    }

    [RealtimeSafe]
    public static void CallsADelegate(Action action) => action();

    [RealtimeSafe]
    public static int CallsC() => getpid();

    [RealtimeSafe]
    public static int CallsAPointer(delegate* unmanaged<int> pointer) => pointer();

    [RealtimeSafe]
    public static void CallsAnUnmarkedInterface(IUnmarked contract) => contract.Do();

    [RealtimeSafe]
    public static int CallsDeeper() => Helper.Shallow();

    [RealtimeSafe]
    public static void CallsAMarkedInterface(IMarked contract, Base overridden)
    {
        contract.Do();
        overridden.Do();
    }

    [DllImport("libc")]
    private static extern int getpid();
}
