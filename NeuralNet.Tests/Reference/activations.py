# Values and slopes of softplus, SiLU and GELU for ActivationValueTests.cs. Needs mpmath.
from mpmath import mp, mpf, exp, log, sqrt, pi, tanh, ncdf, npdf, diff
mp.dps=40
f=dict(Softplus=lambda x: log(1+exp(x)), SiLU=lambda x: x/(1+exp(-x)), GELU=lambda x: x*ncdf(x),
 GELU_tanh=lambda x: x/2*(1+tanh(sqrt(2/pi)*(x+mpf('0.044715')*x**3))))
for n,g in f.items():
  for x in (-6,-2.5,-0.75,0,0.5,1,3,8):
    x=mpf(x)
    print(f'    [TestCase("{n}", {mp.nstr(x,4)}, {mp.nstr(g(x),17)}, {mp.nstr(diff(g,x),17)})]')
