/* Wine 8 has no bcryptprimitives.dll, from which Rust's programs take their chance; without it they end at once with
   status 53 and say nothing. For tests alone, never shipped. */
__declspec(dllimport) unsigned char __stdcall SystemFunction036(void *, unsigned long); /* RtlGenRandom */

__declspec(dllexport) int __stdcall ProcessPrng(unsigned char *bytes, unsigned long long left)
{
    while (left > 0) {
        unsigned long now = left > 65536 ? 65536 : (unsigned long)left;
        if (!SystemFunction036(bytes, now))
            return 0;
        bytes += now;
        left -= now;
    }
    return 1;
}

int __stdcall DllMainCRTStartup(void *module, unsigned long reason, void *reserved)
{
    return 1;
}
