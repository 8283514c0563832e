"""Words that stand in a field for a name and in every sentence besides: data of `called.py`, in the one spelling of a text."""

from lodestar.cases.rules.matching.readings import words

# Without them a sentence says the opposite.
DENYING = words(
    "arent cannot cant couldnt decline declines declining denied denies deny denying didnt doesnt dont hadnt hasnt havent "
    "isnt mustnt neither never nil no nobody non none nor not nothing nowhere refusal refuse refuses refusing shouldnt "
    "unable uncertain unclear unconfirmed unpaid unsure unverified unwilling wasnt werent without wont wouldnt"
)

# Hold a sentence together, or are typed where a name is not known; some are names in another language.
ORDINARY = words(
    "able about above across address adult adults afraid african after again against age aged ago agreed agrees aka alias "
    "all alleged almost alone along already also although always am among an and anonymous another any anybody anyone "
    "anything approx approximately are around arrested as asian ask asked asks asleep at aunt available await awaiting away "
    "babies baby back be beard became because been before began behind being believed below beside better between big bloke "
    "blue boss both boy boys brothel brother but by call called caller calls came can car care carrying cash child children "
    "city claimed claims cleaner clear client coat come comes coming complainant confirm confirmed could country cousin "
    "customer daughter days dc dead dealer debt deceased declined detail details detained di did disclosed do does doing "
    "done door down dr driver ds during each early either elderly else employee employer enough escort etc european even "
    "ever every everybody everyone everything exploiter family far father female females few first five flat for forced "
    "forename forenames found four free friend friends from full gang gave gent gentleman get gets getting girl girls give "
    "given gives giving go goes going gone got grandfather grandmother guy had hair half hand happened hard has have having "
    "he held help her here hers herself high him himself his home hoodie hour hours house how husband identified identity "
    "if illegible in individual infant info informant information insp interpreter into is it its itself jacket jeans job "
    "just juvenile keep keeps kept kid kids knew know knowing known knows labourer labourers ladies lady landlady landlord "
    "last late later least left less let like live lived lives living look looked looks lost madam made maiden make makes "
    "making male males man manager many maybe me men middle might mine minor minute miss missing misspelt moment money "
    "month months more morning most mother mr mrs ms much must mx my myself na name named names nan near need needed needs "
    "neighbour nephew new next nickname niece night nk now number occupant of off officer often on once one only open or "
    "orange other others our ours out over own owner paid papers parent parents part partner party passenger passport pay "
    "pc pending people perhaps person persons phone picker pink place police poss possible possibly pregnant prob probably "
    "prof provided ps purple put read ready really recorded red refused relative relatives reporting resident right road "
    "room run running said same saw say saying says scared second see seem seemed seen sent set several sgt shall she shift "
    "should show shown side since sir sister sitting six so some somebody someone something sometimes soon spelling spelt "
    "staff standing stated states still stop street subject such supplied surname suspect take taken takes taking tbd teen "
    "teenager tell telling tells ten tenant test than that the their theirs them themselves then there these they things "
    "think this those though thought three through till time times to today toddler together told too took toward towards "
    "trafficker translator tried try turn turned twice two unaccompanied uncle under unidentified unknown unreadable until "
    "up upon us use used verified verify very victim victims wages wait want wanted wants was we wearing week well went "
    "were what when where whether which while who whole whom whose why wife with withheld within witness woman women word "
    "words work worked worker workers working works would write written year years yellow yes yesterday yet you your yours "
    "yourself youth"
)

# Names as often as words: whoever is called so is named by them.
NAMES_TOO = words(
    "amber angel april archer art ash august autumn baker ball ban bang bank banks bar barber baron basil bear beauty beer "
    "believe bell berry best bill bin bird bishop black bless blessed blessing blessings bliss blood bloom bob bond book "
    "booth bounty bow branch brave bray bridge bright brook brown buck bull bunch burn burns bus bush butcher butler cage "
    "camp candy cannon carol carpenter carry cart castle chamberlain chambers chance chapel charity chase cherry chosen "
    "christian christmas church clay cliff close cloud coach cod comfort cook cotton court craft crane crisp cross crow "
    "cruise crystal curry daisy dale dance darling dawn day dean dear december destiny diamond don dot drake drew drink due "
    "duke dung dyer eagle earl earnest earth east easter england english eve faith fan farmer favor favour february field "
    "fields finch fine fish flood flower flowers foot ford forest fortune foster fox frank freedom french fresh friday "
    "fuller gain gardener gates gay gene gentle gift ginger glass glen glory gold golden good goodness gore grace gracious "
    "grant gray green grey gun hall ham hang happiness happy hardy harmony harp hawk hay hazel head heard heath heather "
    "heaven heavenly herb hill hills hip hit holly honest honey honor honour hook hope horn hot hue hung hunt hunter hurt "
    "innocence innocent ireland iris ivy jack jade january jay joiner jolly joy judge july june justice keen key kin kind "
    "king kit kite knight lake lamb lance lane lap lash law lawless leaf legend liberty light lights lily lion lip little lock "
    "london long lord lot love lovely loving low loyal lucky lung mace major manly manners march mark marks marry marsh "
    "marshal mason max may mead mean melody mercy merry miles miracle monday monk moon moor moss mount munch nail "
    "neighbours nice nick noble north november nurse oak oaks october old olive page pan paradise park parks parrot pat "
    "patience peace peacock pearl peg pence penny pepper perfect pike pin pip piper plant pleasure pool poor pop pope poppy "
    "porter post potter pound power praise precious pretty price pride prince princess promise prosper prosperity purchase "
    "queen quick quiet race rain rains ran ranger ray reed rice rich rider ring river rivers roach rob robin rock rod rook "
    "root rope rose royal ruby rush rust rusty sage sales salmon sand sandy sang saturday savage savings sea seal self "
    "september sham sharp shepherd shields shore short silk silver sin sing singer sky slaughter small smart snow son song "
    "south sparkle sparks spear special speed spring stack stamp star steel stone storm strange stream strong success sue "
    "sugar summer sun sunday sunny sunshine swan sweet swift tab tad tall tan tea teller temple testimony thankful thanks "
    "thatcher thin thing thorn thursday tide tie timber tin toe toll ton tong tower town toy treasure tree trick trinity "
    "true truelove trust truth tuesday usher van vane vice victor victory violet wade wake wales walker wall walls war ward "
    "ware wash watch water waters way wealth wednesday weeks weir wells welsh west whale wheat white wild will winch wind "
    "wing winter wisdom wise wolf won wood woods worship worth wright yard young"
)

MONTHS_TOO = words("january february march april may june july august september october november december")
# Names as well, though beside a name they only say what sort of person somebody is.
SORTS_TOO = words("black english short son tall white young")
# Names as well, whatever else a field says: An (surname unknown). The rest of what stands in such a field names nobody.
SHARED = SORTS_TOO | words("an can do given guy he lady my na nan said she so the to too you")
# Of these the first are no names where a field says what nobody says of themselves: He would not say.
OF_A_SAYING = words("can do he my she so the to too you")
# A sentence that begins with one of these and then says what a person does is of somebody who is called so: An was paid.
NEVER_DO = SHARED - words("given guy he lady said she so the to too you")
DO = words(
    "arrived asked became began believed called came cried disclosed escaped explained fled gave got had has is knew lived ran "
    "said says seemed slept spoke stated thought told took tried wanted was went worked wrote"
)
# Say what somebody does or is, in a field for a name: nobody is named by them.
DESCRIBING = words(
    "accused addict advocate afghan algerian american angolan applicant asylum bangladeshi beggar begging boyfriend "
    "brazilian british builder building bulgarian cameroonian cannabis carer caretaker chinese claimant colleague colombian "
    "congolese construction courier criminal cuckooed cultivator czech dancer delivery domestic drug drugs egyptian "
    "eritrean escort estonian ethiopian factory farm fiance fiancee filipina filipino flatmate foreign foreigner fruit "
    "gambian ghanaian girlfriend greek groom grower guard guest guinean helper homeless hotel housekeeper housemate "
    "hungarian illegal immigrant iranian iraqi italian ivorian jamaican kenyan kitchen kurdish labour lankan latvian "
    "leonean libyan lithuanian lodger lorry maid malaysian malian massage masseuse member migrant moldovan mongolian "
    "moroccan mum nail nanny national nationality nationals nepalese nepali nigerian overstayer packer pakistani passer "
    "prostitute public punter rapper refugee reporter restaurant roommate rough runaway runner russian scottish seasonal "
    "seeker seekers senegalese serbian sex shop sleeper slovak slovakian somali somalian spanish stepdaughter stepfather "
    "stepmother stepson student sudanese suspected syrian tajik takeaway taxi technician thai trafficked tunisian turkish "
    "ugandan ukrainian user uzbek vendor waiter waitress warehouse welsh witnessed workman zambian zimbabwean"
)
# Say no more than who somebody is in the case, what they look like or what is not known of them: nobody is called so.
ROLES = words(
    "bald beanie blonde bottoms brunette chef complexion concealed downstairs eastbound farmhand glasses haired hooded "
    "housekeeping initials injured jumper moustache nominal northbound operative overalls potential requested respondent scar "
    "scarred scars security source southbound speaker speaking speaks stubble tattoo tattooed tattoos tracksuit trainers "
    "trousers unborn upstairs wearing westbound"
)
# Short for the same; Ip with one capital is a name.
CODES = words("dob ip ips mop mops pv pvs vp vps")
# Beside those that a leaflet is kept ready in; people are called so as well.
LANGUAGES = words(
    "amharic cantonese dari farsi gujarati hausa hindi lingala nepali oromo pashto punjabi sinhala swahili tagalog tamil telugu "
    "urdu yoruba"
)
# After these a field goes on about somebody: Man in overalls, Name withheld at her request.
GOES_ON = words("at has in near on outside speaking speaks wearing")
# What stands after them, in small letters: elsewhere, and with a capital, they are names.
THINGS = words(
    "apron attic balaclava basement bathroom beanie bed bedroom belt blouse boat bobble boots bra burqa cap cardigan cellar "
    "container corner corridor dress floor fleece garage garden gloves gown hallway hat headscarf hijab hood jogger joggers "
    "jumper kitchen leggings mask mattress niqab office overall overalls parka pyjamas reception request roof sandals scarf "
    "shed shirt shoes shorts skirt slippers socks sofa stairs stairwell suit suitcase sunglasses sweater sweatshirt tent tie "
    "toilet top trailer truck tshirt turban uniform vest yard"
)
# Where these are in capitals so is the whole sentence, and nothing is told from it.
SMALL = words(
    "are at been by for from had has have her him his in into is it not on that she their them then there these they this "
    "was were what when where which while who"
)
# Trades that people are called after, and what is said of work: nobody is where another word says what they are.
TRADES = words(
    "baker bar barber bus butcher carpenter coach cook dyer farmer fish gardener hunter joiner legend market nail nurse painter "
    "plant porter potter shepherd usher wash"
)

# Where or when somebody is met or written to, and who they are to whoever writes: no name of theirs.
ADVISED = words(
    "abroad afternoon afternoons anytime app bank bedtime blocked boyfriend bus cafe carer chapel church clinic college "
    "court dad daddy daytime deleted disabled emergencies emergency evening evenings ex factory farm fiance fiancee friday "
    "girlfriend gp gran grandad granddad grandma granny gym hospital hostel hotel hotels joint kin library lunch lunchtime "
    "mainly mam midday midnight monday mornings mosque mostly mum mummy nights noon nursery occasionally office park pastor "
    "pub rarely refuge regularly restaurant safehouse saturday school shared shelter shop shops sis social solicitor "
    "station stepfather stepmother sunday supermarket support surgery temple therapist thursday tomorrow tonight town "
    "tuesday uni university warehouse wednesday weekday weekdays weekend weekends weekly whatsapp whenever workplace"
)
# How it is with an account or an app.
OF_A_SERVICE = words(
    "active archived banned broken cancelled closed compromised deactivated disappearing dormant encrypted fake fine good hacked "
    "hidden inactive installed limited linked live locked logged muted normal offline online password pin private public removed "
    "reset restricted secure secret silent silenced suspended switched unavailable unlocked unread unverified urgent usual"
)
# Shops and charities that a contact names and no list of the form does [background, November 2026], in one word.
BODIES = words(
    "ageuk aldi argos asda boots childline citizensadvice crisis greggs hestia iceland jobcentre lidl mcdonalds morrisons "
    "nhs nspcc primark britishredcross redcross sainsburys samaritans shelter starbucks tesco victimsupport waitrose "
    "wilko womensaid"
)
# Large towns that nobody is called after.
CITIES = words(
    "aberdeen barnsley basildon belfast birkenhead birmingham blackpool bournemouth brighton cambridge cardiff colchester "
    "coventry cumbria croydon doncaster dundee edinburgh exeter gateshead glasgow gloucester grimsby huddersfield hull inverness "
    "ipswich leeds leicester liverpool londonderry luton maidstone manchester merseyside middlesbrough newcastle northampton "
    "norwich nottingham oldham oxford peterborough plymouth portsmouth rochdale rotherham salford scunthorpe sheffield slough "
    "southampton southend stockport sunderland swansea swindon telford wakefield walsall warrington wigan wolverhampton"
)
# What a name of several words ends with that is an organisation's.
OF_A_BODY = words(
    "army association charity college council foundation hospital library police school university"
)
# Beside words of every sentence, whom somebody writes to: Support Team; Angel Support is what somebody is called.
OF_HELP = words("advice centre club community group office service services society team trust")
